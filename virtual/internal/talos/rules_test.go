package talos

import (
	"reflect"
	"testing"

	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/types/v1alpha1"
)

func TestAnInstallersNameTellsWhatItInstalls(t *testing.T) {
	for image, want := range map[string]installer{
		"factory.talos.dev/nocloud-installer/" + schematic + ":v1.13.1":           {nocloud, schematic, "v1.13.1"},
		"factory.talos.dev/metal-installer/" + schematic + ":v1.13.1@sha256:0123": {"metal", schematic, "v1.13.1"},
		"factory.talos.dev/installer/" + schematic + ":v1.14.0-alpha.2":           {"metal", schematic, "v1.14.0-alpha.2"},
		"ghcr.io/siderolabs/installer:v1.12.0":                                    {"metal", "", "v1.12.0"},
		"registry.lan:5000/factory/nocloud-installer/" + schematic + ":v1.13.0":   {nocloud, schematic, "v1.13.0"},
	} {
		if got, err := parseInstaller(image); err != nil || got != want {
			t.Errorf("%s: %+v, %v", image, got, err)
		}
	}
	for _, image := range []string{"", "nginx:v1", "factory.talos.dev/nocloud-installer/" + schematic, "ghcr.io/siderolabs/talos:v1.13.0"} {
		if got, err := parseInstaller(image); err == nil {
			t.Errorf("%q: %+v", image, got)
		}
	}
}

func TestWhatTakesEffectAtOnceAreFieldsOfTheMachineConfig(t *testing.T) {
	for kind, names := range map[reflect.Type][]string{
		reflect.TypeFor[v1alpha1.MachineConfig](): changeable, reflect.TypeFor[v1alpha1.FeaturesConfig](): changeableFeatures,
	} {
		for _, name := range names {
			if _, ok := kind.FieldByName(name); !ok {
				t.Errorf("%s has no field %s", kind, name)
			}
		}
	}
}

func TestAnAddressIsReadFromEitherFormOfTheConfig(t *testing.T) {
	for text, want := range map[string]string{
		"apiVersion: v1alpha1\nkind: LinkAliasConfig\nname: net0\nselector: {match: 'mac(link.permanent_addr) == \"bc:24:11:00:00:0b\"'}\n---\napiVersion: v1alpha1\nkind: LinkConfig\nname: net0\naddresses: [{address: 192.168.1.14/24}]": "192.168.1.14/24",
		"apiVersion: v1alpha1\nkind: LinkAliasConfig\nname: net0\nselector: {match: 'mac(link.permanent_addr) == \"bc:24:11:00:00:0c\"'}\n---\napiVersion: v1alpha1\nkind: LinkConfig\nname: net0\naddresses: [{address: 192.168.1.14/24}]": "",
		"apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\naddresses: [{address: 192.168.1.11/24}]":                                                                                                                                       "192.168.1.11/24",
		"version: v1alpha1\nmachine: {network: {interfaces: [{interface: eth0, addresses: [192.168.1.12/24]}]}}":                                                                                                                            "192.168.1.12/24",
		"version: v1alpha1\nmachine: {network: {interfaces: [{interface: eth1, addresses: [192.168.1.12/24]}]}}":                                                                                                                            "",
		"apiVersion: v1alpha1\nkind: LinkConfig\nname: eth1\naddresses: [{address: 192.168.1.11/24}]":                                                                                                                                       "",
		"apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\naddresses: [{address: \"fd00::1/64\"}, {address: 192.168.1.13/24}]":                                                                                                            "192.168.1.13/24",
	} {
		c, err := configloader.NewFromBytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got, ok := configuredAddress(c, linkNames(c, "BC:24:11:00:00:0B"))
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%s: %v %v", text, got, ok)
		}
	}
}
