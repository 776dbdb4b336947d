package pulumi

import (
	"encoding/json"
	"slices"
	"testing"
)

const cutOff = `{"version":3,"deployment":{
	"resources":[{"urn":"urn::old","type":"kubernetes:core/v1:Service","id":"app-x/old"}],
	"pending_operations":[
		{"type":"updating","resource":{"urn":"urn::old","type":"kubernetes:core/v1:Service"}},
		{"type":"deleting","resource":{"urn":"urn::gone","type":"kubernetes:apps/v1:Deployment"}},
		{"type":"creating","resource":{"urn":"urn::new","type":"kubernetes:core/v1:Service","parent":"urn::starbase:apps:Apps::apps",
			"inputs":{"__fieldManager":"pulumi-kubernetes-12","metadata":{"name":"new","namespace":"app-x"}}}},
		{"type":"creating","resource":{"urn":"urn::release","type":"kubernetes:helm.sh/v3:Release","parent":"urn::starbase:certs:Certs::certs",
			"inputs":{"name":"cert-manager"}}},
		{"type":"updating","resource":{"urn":"urn::step","type":"command:local:Command"}}]}}`

func TestObjectsOfTheClusterThatAKilledRunWasAtAreReadAgain(t *testing.T) {
	pending, err := pendingOperations([]byte(cutOff))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := uncertain(pending), []string{"urn::old", "urn::gone", "urn::new"}; !slices.Equal(got, want) {
		t.Errorf("read again: %q, want %q", got, want)
	}
}

func TestAnObjectThatWasBeingMadeIsRecordedWithItsFieldManager(t *testing.T) {
	pending, err := pendingOperations([]byte(cutOff))
	if err != nil {
		t.Fatal(err)
	}
	adopted, err := adopt([]byte(cutOff), pending)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := urns(t, adopted), []string{"urn::old", "urn::new"}; !slices.Equal(got, want) {
		t.Fatalf("recorded: %q, want %q", got, want)
	}
	var read struct {
		Deployment struct {
			Resources []struct {
				ID      string
				Outputs struct {
					FieldManager string `json:"__fieldManager"`
				}
			}
		}
	}
	if err := json.Unmarshal(adopted, &read); err != nil {
		t.Fatal(err)
	}
	if its := read.Deployment.Resources[1]; its.ID != "app-x/new" || its.Outputs.FieldManager != "pulumi-kubernetes-12" {
		t.Errorf("recorded as %+v", its)
	}
}

func TestAnObjectThatIsRecordedAlreadyIsNotRecordedTwice(t *testing.T) {
	state := []byte(`{"deployment":{"resources":[{"urn":"urn::new","type":"kubernetes:core/v1:Service","id":"app-x/new"}]}}`)
	pending, err := pendingOperations([]byte(cutOff))
	if err != nil {
		t.Fatal(err)
	}
	if adopted, err := adopt(state, pending); err != nil || string(adopted) != string(state) {
		t.Errorf("became %s (%v)", adopted, err)
	}
}
