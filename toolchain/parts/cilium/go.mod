module starbase.example/toolchain/parts/cilium

go 1.26.0

require github.com/cilium/cilium v1.20.2

replace (
	github.com/cilium/statedb => github.com/cilium/statedb v0.8.3
	github.com/osrg/gobgp/v4 => github.com/osrg/gobgp/v4 v4.7.0
	sigs.k8s.io/mcs-api => sigs.k8s.io/mcs-api v0.5.1
	sigs.k8s.io/mcs-api/controllers => ./stub/mcs-controllers
)
