package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"
)

const typeReference = "#/types/"

// cutSchema keeps of a Pulumi package schema (https://www.pulumi.com/docs/iac/extending-pulumi/schema/) the named
// resources, the provider, and the types that these reach, and stamps it with the plugin's version. No function is kept,
// so no method that calls one.
// A token that the schema does not have is an error that names it.
func cutSchema(data []byte, version string, tokens []string) (map[string]any, error) {
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		return nil, err
	}
	resources, _ := schema["resources"].(map[string]any)
	types, _ := schema["types"].(map[string]any)
	kept := map[string]any{}
	for _, token := range tokens {
		resource, ok := resources[token]
		if !ok {
			return nil, fmt.Errorf("the schema has no resource %q", token)
		}
		kept[token] = withoutMethods(resource)
	}
	provider := withoutMethods(schema["provider"])
	reached := map[string]any{}
	for _, root := range []any{kept, provider, schema["config"]} {
		if err := reach(root, types, reached); err != nil {
			return nil, err
		}
	}
	schema["provider"], schema["resources"], schema["types"], schema["functions"] = provider, kept, reached, map[string]any{}
	schema["version"] = version
	return schema, nil
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
