package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const small = `{
  "provider": {
    "inputProperties": {"settings": {"$ref": "#/types/p:index%2Fsettings:Settings"}},
    "methods": {"f": "p:f:f"}
  },
  "resources": {
    "p:a:A": {"properties": {"spec": {"type": "array", "items": {"$ref": "#/types/p:a:Spec"}}}},
    "p:b:B": {"properties": {"other": {"$ref": "#/types/p:b:Other"}}}
  },
  "types": {
    "p:index/settings:Settings": {},
    "p:a:Spec": {"properties": {"self": {"$ref": "#/types/p:a:Spec"}, "inner": {"$ref": "#/types/p:a:Inner"}}},
    "p:a:Inner": {},
    "p:b:Other": {}
  },
  "functions": {"p:f:f": {}}
}`

func TestACutSchemaKeepsTheNamedResourcesAndAllTypesThatTheyReach(t *testing.T) {
	cut, err := cutSchema([]byte(small), "1.2.3", []string{"p:a:A"})
	if err != nil {
		t.Fatal(err)
	}
	if got := keys(cut["resources"]); !slices.Equal(got, []string{"p:a:A"}) {
		t.Errorf("resources: %v", got)
	}
	if got := keys(cut["types"]); !slices.Equal(got, []string{"p:a:Inner", "p:a:Spec", "p:index/settings:Settings"}) {
		t.Errorf("types: %v", got)
	}
	if got := keys(cut["functions"]); len(got) != 0 {
		t.Errorf("functions: %v", got)
	}
	if methods, ok := cut["provider"].(map[string]any)["methods"]; ok {
		t.Errorf("methods of functions that are gone: %v", methods)
	}
	if cut["version"] != "1.2.3" {
		t.Errorf("version: %v", cut["version"])
	}
}

func TestATokenThatTheSchemaDoesNotHaveIsNamed(t *testing.T) {
	_, err := cutSchema([]byte(small), "1.2.3", []string{"p:c:C"})
	if err == nil || err.Error() != `the schema has no resource "p:c:C"` {
		t.Errorf("error: %v", err)
	}
}

func TestAReferenceToAMissingTypeIsNamed(t *testing.T) {
	broken := strings.Replace(small, `"p:a:Inner": {},`, "", 1)
	_, err := cutSchema([]byte(broken), "1.2.3", []string{"p:a:A"})
	if err == nil || err.Error() != `the schema refers to type "p:a:Inner" and does not have it` {
		t.Errorf("error: %v", err)
	}
}

func keys(m any) []string { return slices.Sorted(maps.Keys(m.(map[string]any))) }
