package outside

import (
	"maps"
	"net/http"
	"path/filepath"

	"starbase.example/virtual/internal/outside/charts"
)

// sitesFrom is the table of hosts: who is there, and what it has, from each of the folders of modules.
func sitesFrom(folders []string) (map[string]http.Handler, error) {
	var ciliumCharts, certManagerCharts []*charts.Archive
	gatewayAPI := pages{}
	for _, modules := range folders {
		versions, err := readVersions(filepath.Join(modules, "versions.json"), "cilium", "cert-manager", "gateway-api")
		if err != nil {
			return nil, err
		}
		ciliumChart, err := charts.Package(filepath.Join(modules, "charts", "cilium"), versions["cilium"])
		if err != nil {
			return nil, err
		}
		certManagerChart, err := charts.Package(filepath.Join(modules, "charts", "cert-manager"), versions["cert-manager"])
		if err != nil {
			return nil, err
		}
		definitions, err := filesOf(filepath.Join(modules, "gateway-api", "config", "crd", "standard"),
			"/kubernetes-sigs/gateway-api/"+versions["gateway-api"]+"/config/crd/standard/")
		if err != nil {
			return nil, err
		}
		ciliumCharts, certManagerCharts = append(ciliumCharts, ciliumChart), append(certManagerCharts, certManagerChart)
		maps.Copy(gatewayAPI, definitions)
	}
	ciliumFiles, err := charts.Repository("", ciliumCharts...)
	if err != nil {
		return nil, err
	}
	jetstackFiles, err := charts.Repository("charts", certManagerCharts...)
	if err != nil {
		return nil, err
	}
	return map[string]http.Handler{
		"helm.cilium.io":            pages(ciliumFiles),
		"charts.jetstack.io":        pages(jetstackFiles),
		"raw.githubusercontent.com": gatewayAPI,
	}, nil
}
