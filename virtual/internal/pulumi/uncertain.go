package pulumi

import (
	"encoding/json"
	"strings"
)

// uncertain returns the URNs of cluster objects whose recorded state may differ from the cluster.
func uncertain(pending []operation) []string {
	var urns []string
	for _, p := range pending {
		changed := (p.Type == "updating" || p.Type == "deleting") && strings.HasPrefix(p.Resource.Type, kubernetesType)
		if changed || p.made() != "" {
			urns = append(urns, p.Resource.URN)
		}
	}
	return urns
}

// adopt records objects of a cluster that were being made when the engine was killed, as if they had been made: a refresh
// drops those that the cluster does not have. Without a record an object that the stack file no longer wants would stay
// for ever, and one that it wants would be made again by another field manager, which later changes then conflict with.
func adopt(state []byte, pending []operation) ([]byte, error) {
	return withResources(state, func(resources []json.RawMessage, all []recorded) ([]json.RawMessage, error) {
		known := map[string]bool{}
		for _, r := range all {
			known[r.URN] = true
		}
		var adopted []json.RawMessage
		for _, p := range pending {
			made := p.made()
			if made == "" || known[p.Resource.URN] {
				continue
			}
			var record map[string]json.RawMessage
			if err := json.Unmarshal(p.record, &record); err != nil {
				return nil, err
			}
			id, err := json.Marshal(made)
			if err != nil {
				return nil, err
			}
			// The inputs name the field manager, which the provider looks for among the outputs.
			record["id"], record["outputs"] = id, p.Resource.Inputs
			content, err := json.Marshal(record)
			if err != nil {
				return nil, err
			}
			adopted = append(adopted, content)
		}
		if adopted == nil {
			return nil, nil
		}
		return append(resources, adopted...), nil
	})
}

// made is the id of the object in a cluster that was being made, else empty.
func (p operation) made() string {
	if p.Type != "creating" || !p.Resource.inCluster() {
		return ""
	}
	var inputs struct {
		Metadata struct {
			Namespace string `json:"namespace"`
			Name      string `json:"name"`
		} `json:"metadata"`
	}
	if json.Unmarshal(p.Resource.Inputs, &inputs) != nil || inputs.Metadata.Name == "" {
		return ""
	}
	if inputs.Metadata.Namespace == "" {
		return inputs.Metadata.Name
	}
	return inputs.Metadata.Namespace + "/" + inputs.Metadata.Name
}
