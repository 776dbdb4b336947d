package proxmox

import (
	"net/http"
	"net/url"
	"strings"
)

// endpoint is a row of the API's table.
type endpoint struct {
	method, path string
	params       schema
	handle       func(c *call) (any, error)
}

// find returns the endpoint that a request names, and the parts of the path that the endpoint has names for.
//
// Segments are compared after decoding: clients send volume names as local:import%2Fx.qcow2, and token names with %21
// in task identifiers. A trailing slash is no segment (the provider deletes machines at …/qemu/100/?purge=1).
func find(r *http.Request) (*endpoint, map[string]string) {
	rest, ok := strings.CutPrefix(r.URL.EscapedPath(), prefix)
	if !ok {
		return nil, nil
	}
	segments := strings.Split(strings.Trim(rest, "/"), "/")
	for i, s := range segments {
		plain, err := url.PathUnescape(s)
		if err != nil {
			return nil, nil
		}
		segments[i] = plain
	}
	for i := range endpoints {
		if vars, ok := match(strings.Split(endpoints[i].path, "/"), segments); ok && endpoints[i].method == r.Method {
			return &endpoints[i], vars
		}
	}
	return nil, nil
}

// match compares a pattern with a path. {name} stands for a segment, {name...} for all that follow.
func match(pattern, segments []string) (map[string]string, bool) {
	vars := map[string]string{}
	for i, p := range pattern {
		if i >= len(segments) {
			return nil, false
		}
		name, isVar := strings.CutPrefix(strings.TrimSuffix(p, "}"), "{")
		switch {
		case isVar && strings.HasSuffix(name, "..."):
			vars[strings.TrimSuffix(name, "...")] = strings.Join(segments[i:], "/")
			return vars, true
		case isVar:
			vars[name] = segments[i]
		case p != segments[i]:
			return nil, false
		}
	}
	return vars, len(pattern) == len(segments)
}

// parse reads the parameters (query of GET and DELETE, form of the others) and checks them against the endpoint's schema.
func (e *endpoint) parse(r *http.Request) (map[string]string, error) {
	if err := r.ParseForm(); err != nil {
		return nil, refused(http.StatusBadRequest, "parameters can't be read: %v", err)
	}
	params := map[string]string{}
	for name, values := range r.Form {
		params[name] = values[len(values)-1]
	}
	return params, e.params.check(params)
}
