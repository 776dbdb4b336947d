package main

import (
	"maps"
	"reflect"
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
    "p:b:B": {"properties": {"other": {"$ref": "#/types/p:b:Other"}}},
    "p:c:C": {
      "properties": {"one": {"$ref": "#/types/p:c:Spec"}, "more": {"$ref": "#/types/p:b:Other"}},
      "inputProperties": {"one": {"$ref": "#/types/p:c:Spec"}, "more": {"$ref": "#/types/p:b:Other"}},
      "required": ["one", "more"],
      "requiredInputs": ["more", "one"]
    }
  },
  "types": {
    "p:index/settings:Settings": {},
    "p:a:Spec": {"properties": {"self": {"$ref": "#/types/p:a:Spec"}, "inner": {"$ref": "#/types/p:a:Inner"}}},
    "p:a:Inner": {},
    "p:a:A": {},
    "p:b:Other": {"properties": {"x": {"type": "string"}}},
    "p:c:Spec": {"properties": {"two": {"type": "string"}, "three": {"$ref": "#/types/p:a:Inner"}}}
  },
  "functions": {"p:f:f": {}}
}`

func TestACutSchemaKeepsTheNamedResourcesAndAllTypesThatTheyReach(t *testing.T) {
	cut, err := cutSchema([]byte(small), "1.2.3", []Wanted{{Token: "p:a:A"}})
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
	_, err := cutSchema([]byte(small), "1.2.3", []Wanted{{Token: "p:d:D"}})
	if err == nil || err.Error() != `the schema has no resource or type "p:d:D"` {
		t.Errorf("error: %v", err)
	}
}

func TestAReferenceToAMissingTypeIsNamed(t *testing.T) {
	broken := strings.Replace(small, `"p:a:Inner": {},`, "", 1)
	_, err := cutSchema([]byte(broken), "1.2.3", []Wanted{{Token: "p:a:A"}})
	if err == nil || err.Error() != `the schema refers to type "p:a:Inner" and does not have it` {
		t.Errorf("error: %v", err)
	}
}

func TestOfAResourceAndATypeOnlyTheNamedPropertiesAreKept(t *testing.T) {
	cut, err := cutSchema([]byte(small), "1.2.3", []Wanted{{"p:c:C", []string{"one"}}, {"p:c:Spec", []string{"two"}}})
	if err != nil {
		t.Fatal(err)
	}
	c := cut["resources"].(map[string]any)["p:c:C"].(map[string]any)
	spec := cut["types"].(map[string]any)["p:c:Spec"].(map[string]any)
	for group, got := range map[string][]string{"one": keys(c["properties"]), "two": keys(spec["properties"])} {
		if !slices.Equal(got, []string{group}) {
			t.Errorf("properties: %v; want %s", got, group)
		}
	}
	if got := keys(c["inputProperties"]); !slices.Equal(got, []string{"one"}) {
		t.Errorf("input properties: %v", got)
	}
	if got := keys(cut["types"]); !slices.Equal(got, []string{"p:c:Spec", "p:index/settings:Settings"}) {
		t.Errorf("types that only a dropped property reaches are kept: %v", got)
	}
	for name, got := range map[string]any{"required": c["required"], "requiredInputs": c["requiredInputs"]} {
		if !reflect.DeepEqual(got, []any{"one"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestDescriptionsAreDroppedAndAPropertyOfThatNameIsNot(t *testing.T) {
	schema := `{"resources": {"p:a:A": {"description": "text", "properties": {"description": {"type": "string", "description": "text"}}}}}`
	cut, err := cutSchema([]byte(schema), "1.2.3", []Wanted{{Token: "p:a:A"}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"properties": map[string]any{"description": map[string]any{"type": "string"}}}
	if got := cut["resources"].(map[string]any)["p:a:A"]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v; want %v", got, want)
	}
}

func TestAPropertyThatIsNotThereIsNamed(t *testing.T) {
	_, err := cutSchema([]byte(small), "1.2.3", []Wanted{{"p:a:A", []string{"spek"}}})
	if err == nil || err.Error() != `"p:a:A" has no property "spek"` {
		t.Errorf("error: %v", err)
	}
}

func TestATypeThatNoResourceReachesIsNamed(t *testing.T) {
	_, err := cutSchema([]byte(small), "1.2.3", []Wanted{{Token: "p:a:A"}, {"p:b:Other", []string{"x"}}})
	if err == nil || err.Error() != `no resource reaches type "p:b:Other"` {
		t.Errorf("error: %v", err)
	}
}

func keys(m any) []string { return slices.Sorted(maps.Keys(m.(map[string]any))) }
