package pulumi

import (
	"encoding/json"
	"slices"
	"testing"
)

const (
	ofApps  = "urn:pulumi:lab::starbase::starbase:apps:Apps"
	service = ofApps + "$kubernetes:core/v1:Service::"
)

func resource(urn, kind, id string, doomed bool) map[string]any {
	r := map[string]any{"urn": urn, "type": kind, "id": id, "parent": ofApps + "::apps", "inputs": map[string]any{"count": 12345678901234567}}
	if doomed {
		r["delete"] = true
	}
	return r
}

func stateOf(t *testing.T, resources ...map[string]any) []byte {
	t.Helper()
	state, err := json.Marshal(map[string]any{"version": 3, "deployment": map[string]any{
		"resources": resources, "metadata": map[string]any{}}})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func urns(t *testing.T, state []byte) (urns []string) {
	t.Helper()
	var read struct {
		Deployment struct{ Resources []recorded }
	}
	if err := json.Unmarshal(state, &read); err != nil {
		t.Fatal(err)
	}
	for _, r := range read.Deployment.Resources {
		if r.Delete {
			t.Errorf("%s is still to be deleted", r.URN)
		}
		urns = append(urns, r.URN)
	}
	return urns
}

func TestAnObjectThatAnotherResourceHasIsNotDeleted(t *testing.T) {
	mended, spared, err := spare(stateOf(t,
		resource(service+"apps/app-x/app-svc", "kubernetes:core/v1:Service", "app-x/app-svc", false),
		resource(service+"apps-app-x", "kubernetes:core/v1:Service", "app-x/app-svc", true)))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"core:Service app-x/app-svc"}; !slices.Equal(spared, want) {
		t.Errorf("spared: %q, want %q", spared, want)
	}
	if got, want := urns(t, mended), []string{service + "apps/app-x/app-svc"}; !slices.Equal(got, want) {
		t.Errorf("left: %q, want %q", got, want)
	}
}

func TestAnObjectThatNoOtherResourceHasIsTheProgramsAgain(t *testing.T) {
	mended, _, err := spare(stateOf(t,
		resource(service+"apps-app-x", "kubernetes:core/v1:Service", "app-x/app-main", false),
		resource(service+"apps-app-x", "kubernetes:core/v1:Service", "app-x/app-svc", true)))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := urns(t, mended), []string{service + "apps-app-x", service + "apps/app-x/app-svc"}; !slices.Equal(got, want) {
		t.Errorf("left: %q, want %q", got, want)
	}
}

func TestAnObjectIsTheSameInAnyVersionOfItsGroup(t *testing.T) {
	route := func(version, name string, doomed bool) map[string]any {
		kind := "kubernetes:gateway.networking.k8s.io/" + version + ":TLSRoute"
		return resource(ofApps+"$"+kind+"::"+name, kind, "app-x/app-x", doomed)
	}
	mended, _, err := spare(stateOf(t, route("v1", "apps/app-x/app-x", false), route("v1alpha2", "apps-app-x", true)))
	if err != nil {
		t.Fatal(err)
	}
	if got := urns(t, mended); len(got) != 1 {
		t.Errorf("left: %q, want the newer one", got)
	}
}

func TestAStateWithoutMarksStaysAsItIs(t *testing.T) {
	for _, state := range [][]byte{
		stateOf(t, resource(service+"apps/app-x/app-svc", "kubernetes:core/v1:Service", "app-x/app-svc", false)),
		[]byte(`{"version":3,"deployment":{}}`),
	} {
		mended, spared, err := spare(state)
		if err != nil || len(spared) > 0 || string(mended) != string(state) {
			t.Errorf("%s became %s (%q, %v)", state, mended, spared, err)
		}
	}
}

func TestMachinesAndReleasesAreDeletedAsTheEngineDecided(t *testing.T) {
	state := stateOf(t,
		resource("urn:pulumi:lab::starbase::starbase:proxmox:Proxmox$proxmoxve:index/vmLegacy:VmLegacy::proxmox-w1", "proxmoxve:index/vmLegacy:VmLegacy", "121", true),
		resource(ofApps+"$"+releaseType+"::cilium-release", releaseType, "kube-system/cilium", true))
	if _, spared, err := spare(state); err != nil || len(spared) > 0 {
		t.Errorf("spared: %q (%v)", spared, err)
	}
}
