package controlplane

import (
	"slices"
	"testing"
)

func TestArgumentsOfTheMachineConfigurationReplaceTheLabsOwnOrAreAddedToLists(t *testing.T) {
	own := []string{"--bind-address=0.0.0.0", "--enable-admission-plugins=NodeRestriction", "--allow-privileged"}
	got, err := with("kube-apiserver", own, map[string][]string{
		"bind-address": {"::"}, "enable-admission-plugins": {"AlwaysPullImages"}, "runtime-config": {"a/v1=true", "b/v1=true"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"--enable-admission-plugins=NodeRestriction", "--allow-privileged", "--bind-address=::",
		"--enable-admission-plugins=AlwaysPullImages", "--runtime-config=a/v1=true", "--runtime-config=b/v1=true"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAnIdentityIsNoArgument(t *testing.T) {
	_, err := with("kube-apiserver", nil, map[string][]string{"etcd-servers": {"https://elsewhere:2379"}})
	const want = "kube-apiserver: the argument etcd-servers is not for a machine configuration to change"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
