package translate

import "strings"

// ciliumType begins the types of filters that exist in Cilium's build of Envoy only: cilium.network and cilium.l7policy
// enforce policies, cilium.bpf_metadata asks the kernel who a peer is.
const ciliumType = "type.googleapis.com/cilium."

// withoutCilium drops every filter of Cilium's own from every list of a resource. It works on the JSON, because the
// types can't even be read here.
func withoutCilium(value any) any {
	switch v := value.(type) {
	case map[string]any:
		kept := make(map[string]any, len(v))
		for key, inner := range v {
			kept[key] = withoutCilium(inner)
		}
		return kept
	case []any:
		kept := make([]any, 0, len(v))
		for _, inner := range v {
			if !isCilium(inner) {
				kept = append(kept, withoutCilium(inner))
			}
		}
		return kept
	}
	return value
}

func isCilium(value any) bool {
	filter, _ := value.(map[string]any)
	for _, key := range []string{"typedConfig", "typed_config"} {
		if typed, ok := filter[key].(map[string]any); ok {
			name, _ := typed["@type"].(string)
			return strings.HasPrefix(name, ciliumType)
		}
	}
	return false
}
