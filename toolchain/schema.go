package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

const typeReference = "#/types/"

// cutSchema keeps of a Pulumi package schema (https://www.pulumi.com/docs/iac/extending-pulumi/schema/) the wanted
// resources, the provider, and the types that these reach, and stamps it with the plugin's version. No function is kept,
// so no method that calls one, and no documentation.
// A token or property that the schema does not have, and a type that the resources do not reach, are errors that name it.
func cutSchema(data []byte, version string, wanted []Wanted) (map[string]any, error) {
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		return nil, err
	}
	resources, _ := schema["resources"].(map[string]any)
	types, _ := schema["types"].(map[string]any)
	kept := map[string]any{}
	for _, w := range wanted {
		if resource, ok := resources[w.Token].(map[string]any); ok {
			if err := narrow(resource, w, "inputProperties", "properties"); err != nil {
				return nil, err
			}
			kept[w.Token] = withoutMethods(resource)
			continue
		}
		body, ok := types[w.Token].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("the schema has no resource or type %q", w.Token)
		}
		if err := narrow(body, w, "properties"); err != nil {
			return nil, err
		}
	}
	provider := withoutMethods(schema["provider"])
	reached := map[string]any{}
	for _, root := range []any{kept, provider, schema["config"]} {
		if err := reach(root, types, reached); err != nil {
			return nil, err
		}
	}
	for _, w := range wanted {
		if kept[w.Token] == nil && reached[w.Token] == nil {
			return nil, fmt.Errorf("no resource reaches type %q", w.Token)
		}
	}
	schema["provider"], schema["resources"], schema["types"], schema["functions"] = provider, kept, reached, map[string]any{}
	schema["version"] = version
	dropDescriptions(schema)
	return schema, nil
}

// dropDescriptions removes all documentation: it is half of what is generated, and most of what changes from one release
// of a plugin to the next. A property that is called description is an object, not a text, and stays.
func dropDescriptions(node any) {
	switch node := node.(type) {
	case map[string]any:
		if _, text := node["description"].(string); text {
			delete(node, "description")
		}
		for _, child := range node {
			dropDescriptions(child)
		}
	case []any:
		for _, child := range node {
			dropDescriptions(child)
		}
	}
}

// narrow leaves of each group of properties only the wanted ones, also in the lists of required ones.
func narrow(body map[string]any, w Wanted, groups ...string) error {
	if len(w.Properties) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, group := range groups {
		properties, _ := body[group].(map[string]any)
		for name := range properties {
			known[name] = true
			if !slices.Contains(w.Properties, name) {
				delete(properties, name)
			}
		}
	}
	for _, group := range []string{"required", "requiredInputs"} {
		if names, ok := body[group].([]any); ok {
			body[group] = slices.DeleteFunc(names, func(name any) bool { return !slices.Contains(w.Properties, name.(string)) })
		}
	}
	for _, name := range w.Properties {
		if !known[name] {
			return fmt.Errorf("%q has no property %q", w.Token, name)
		}
	}
	return nil
}

func withoutMethods(resource any) any {
	body, _ := resource.(map[string]any)
	body = maps.Clone(body)
	delete(body, "methods")
	return body
}

// reach walks a piece of schema and adds the types that it refers to, directly or through other types.
func reach(node any, types, reached map[string]any) error {
	switch node := node.(type) {
	case map[string]any:
		if reference, ok := node["$ref"].(string); ok && strings.HasPrefix(reference, typeReference) {
			if err := reachType(strings.TrimPrefix(reference, typeReference), types, reached); err != nil {
				return err
			}
		}
		for _, child := range node {
			if err := reach(child, types, reached); err != nil {
				return err
			}
		}
	case []any:
		for _, child := range node {
			if err := reach(child, types, reached); err != nil {
				return err
			}
		}
	}
	return nil
}

func reachType(reference string, types, reached map[string]any) error {
	token, err := url.PathUnescape(reference)
	if err != nil {
		return err
	}
	body, ok := types[token]
	if !ok {
		return fmt.Errorf("the schema refers to type %q and does not have it", token)
	}
	if _, seen := reached[token]; seen {
		return nil
	}
	reached[token] = body
	return reach(body, types, reached)
}
