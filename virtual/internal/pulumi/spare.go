package pulumi

import (
	"encoding/json"
	"fmt"
	"strings"
)

const kubernetesType = "kubernetes:"

// spare takes back that objects of a cluster are to be deleted. The engine marks an object so when it has made another one
// in its place, and deletes what is marked at the start of the next run, before it asks the program what is wanted: if the
// object is wanted again by then, or another resource has it already, the live object is lost.
//
// A marked resource whose object another one has is dropped. Any other gets the name that the program gives to its object
// (Layer.objectName): the program then keeps it, or the engine deletes it at the end of the run.
func spare(state []byte) (mended []byte, spared []string, err error) {
	mended, err = withResources(state, func(resources []json.RawMessage, all []recorded) ([]json.RawMessage, error) {
		held := map[string]bool{}
		for _, r := range all {
			if !r.Delete {
				held[r.object()] = true
			}
		}
		kept := resources[:0:0]
		for i, r := range all {
			if !r.Delete || !r.inCluster() {
				kept = append(kept, resources[i])
				continue
			}
			spared = append(spared, r.object())
			if held[r.object()] {
				continue
			}
			held[r.object()] = true
			content, err := r.unmarked(resources[i])
			if err != nil {
				return nil, err
			}
			kept = append(kept, content)
		}
		if len(spared) == 0 {
			return nil, nil
		}
		return kept, nil
	})
	return mended, spared, err
}

// withResources returns a state whose resources are replaced by what others returns; nil leaves the state as it is.
func withResources(state []byte, others func([]json.RawMessage, []recorded) ([]json.RawMessage, error)) ([]byte, error) {
	var file, deployment map[string]json.RawMessage
	var resources []json.RawMessage
	if err := json.Unmarshal(state, &file); err != nil {
		return nil, fmt.Errorf("the stack's state: %w", err)
	}
	if err := json.Unmarshal(file["deployment"], &deployment); err != nil {
		return nil, fmt.Errorf("the stack's state: %w", err)
	}
	if content := deployment["resources"]; content != nil {
		if err := json.Unmarshal(content, &resources); err != nil {
			return nil, fmt.Errorf("the stack's resources: %w", err)
		}
	}
	all := make([]recorded, len(resources))
	for i, content := range resources {
		if err := json.Unmarshal(content, &all[i]); err != nil {
			return nil, fmt.Errorf("a resource of the stack: %w", err)
		}
	}
	changed, err := others(resources, all)
	if err != nil || changed == nil {
		return state, err
	}
	if deployment["resources"], err = json.Marshal(changed); err != nil {
		return nil, err
	}
	if file["deployment"], err = json.Marshal(deployment); err != nil {
		return nil, err
	}
	return json.Marshal(file)
}

// recorded is a resource of a state, as far as it matters here.
type recorded struct {
	URN    string `json:"urn"`
	Type   string `json:"type"`
	ID     string `json:"id"`
	Parent string `json:"parent"`
	Delete bool   `json:"delete"`
}

// inCluster says that it is an object by itself: no Helm release, no patch of what another has made, and below a layer.
func (r recorded) inCluster() bool {
	return strings.HasPrefix(r.Type, kubernetesType) && r.Type != releaseType && !strings.HasSuffix(r.Type, "Patch") &&
		strings.Contains(r.Parent, "starbase:")
}

// object is group, kind, namespace and name of a resource's object: one object in any version of its group.
func (r recorded) object() string {
	group, kind, _ := strings.Cut(strings.TrimPrefix(r.Type, kubernetesType), ":")
	if slash := strings.LastIndex(group, "/"); slash >= 0 {
		group = group[:slash]
	}
	return group + ":" + kind + " " + r.ID
}

// unmarked is the resource's record without the mark, under the name that its object has in the program.
func (r recorded) unmarked(record json.RawMessage) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(record, &fields); err != nil {
		return nil, err
	}
	urn, err := json.Marshal(before(r.URN) + "::" + r.Parent[strings.LastIndex(r.Parent, "::")+2:] + "/" + r.ID)
	if err != nil {
		return nil, err
	}
	fields["urn"] = urn
	delete(fields, "delete")
	delete(fields, "pendingReplacement")
	return json.Marshal(fields)
}

// before is a URN without the resource's name.
func before(urn string) string { return urn[:strings.LastIndex(urn, "::")] }
