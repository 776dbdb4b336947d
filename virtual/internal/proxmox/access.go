package proxmox

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Token is an API token with privilege separation: it may do what its own access list says.
type Token struct {
	// ID is USER@REALM!NAME.
	ID string `json:"id"`
	// Secret is the token's UUID; dumps leave it out.
	Secret string `json:"secret,omitempty"`
	// Access lists privileges by path ("/", "/storage/local", "/vms/100"). The deepest path that is listed counts.
	Access map[string][]string `json:"access"`
}

// authenticate reads `Authorization: PVEAPIToken=USER@REALM!NAME=UUID`, the only way in that is simulated.
func (c *call) authenticate(r *http.Request) (*Token, error) {
	value, ok := strings.CutPrefix(r.Header.Get("Authorization"), "PVEAPIToken=")
	if !ok {
		return nil, refused(http.StatusUnauthorized, "No ticket")
	}
	id, secret, _ := strings.Cut(value, "=")
	t := c.state.Tokens[id]
	switch {
	case t == nil:
		return nil, refused(http.StatusUnauthorized, "no such token '%s'", id)
	case t.Secret != secret:
		return nil, refused(http.StatusUnauthorized, "invalid token value!")
	}
	return t, nil
}

// may fails with the API's own words unless the token has all privileges on the path.
func (c *call) may(path string, privileges ...string) error {
	granted := c.granted(path)
	for _, p := range privileges {
		if !slices.Contains(granted, p) {
			return refused(http.StatusForbidden, "Permission check failed (%s, %s)", path, strings.Join(privileges, ", "))
		}
	}
	return nil
}

// granted is what the token may do there, without what has been taken away, and what the release does not know.
func (c *call) granted(path string) (privileges []string) {
	for _, p := range c.token.on(path) {
		if c.isPrivilege(p) && !c.lacks(p) {
			privileges = append(privileges, p)
		}
	}
	return privileges
}

func (t *Token) on(path string) []string {
	for p := path; ; p = p[:max(strings.LastIndex(p, "/"), 0)] {
		if p == "" {
			p = "/"
		}
		if granted, ok := t.Access[p]; ok || p == "/" {
			return granted
		}
	}
}

// getPermissions answers what the token may do, as `pveum user token permissions` shows it.
func getPermissions(c *call) (any, error) {
	paths := slices.Sorted(maps.Keys(c.token.Access))
	if p := c.params["path"]; p != "" {
		paths = []string{p}
	}
	all := map[string]map[string]int{}
	for _, p := range paths {
		all[p] = map[string]int{}
		for _, privilege := range c.granted(p) {
			all[p][privilege] = 1
		}
	}
	return all, nil
}
