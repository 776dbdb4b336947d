package outside

import (
	"net/http"
	"path/filepath"

	"starbase.example/virtual/internal/outside/charts"
)

// sitesFrom is the table of hosts: who is there, and what it has.
func sitesFrom(modules string) (map[string]http.Handler, error) {
	versions, err := readVersions(filepath.Join(modules, "versions.json"), "cilium", "cert-manager", "gateway-api")
	if err != nil {
		return nil, err
	}
	cilium, err := charts.Package(filepath.Join(modules, "charts", "cilium"), versions["cilium"])
	if err != nil {
		return nil, err
	}
	certManager, err := charts.Package(filepath.Join(modules, "charts", "cert-manager"), versions["cert-manager"])
	if err != nil {
		return nil, err
	}
	ciliumFiles, err := charts.Repository("", cilium)
	if err != nil {
		return nil, err
	}
	jetstackFiles, err := charts.Repository("charts", certManager)
	if err != nil {
		return nil, err
	}
	gatewayAPI, err := filesOf(filepath.Join(modules, "gateway-api", "config", "crd", "standard"),
		"/kubernetes-sigs/gateway-api/"+versions["gateway-api"]+"/config/crd/standard/")
	if err != nil {
		return nil, err
	}
	return map[string]http.Handler{
		"helm.cilium.io":            pages(ciliumFiles),
		"charts.jetstack.io":        pages(jetstackFiles),
		"raw.githubusercontent.com": pages(gatewayAPI),
	}, nil
}
