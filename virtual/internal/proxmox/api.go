package proxmox

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

const prefix = "/api2/json/"

// patience is how long a reply waits, in real time, for the task it names. The provider asks for a task's status at
// once and then every second, so a task that is over after milliseconds would else cost a second each.
const patience = 40 * time.Millisecond

// call is one request on its way through an endpoint. Handlers run with the cluster's mutex held.
type call struct {
	*Cluster
	method, path string
	// host is the one that was asked; "" if the address is no host's.
	host string
	// vars are the parts of the path that the endpoint names: node, vmid, storage, volume, upid, sid.
	vars   map[string]string
	params map[string]string
	token  *Token
}

// Handler serves the API. It needs HTTP/1.1 (see Server).
func (c *Cluster) Handler() http.Handler { return http.HandlerFunc(c.serve) }

func (c *Cluster) serve(w http.ResponseWriter, r *http.Request) {
	call := &call{Cluster: c, method: r.Method, path: strings.Trim(strings.TrimPrefix(r.URL.Path, prefix), "/")}
	c.mutex.Lock()
	call.host = c.asked(r)
	if c.isDown(call.host) {
		c.mutex.Unlock()
		_ = reset(w) // whoever asks a host that is down hears nothing more
		return
	}
	_ = call.reach(call.host) // after that time one is free
	data, err := call.handle(r)
	c.log(call, err)
	c.mutex.Unlock()
	if errors.Is(err, errReset) {
		err = reset(w)
	} else {
		err = answer(w, data, err)
	}
	if err != nil {
		c.events.Add(Event{Kind: "error", What: fmt.Sprintf("reply to %s %s: %v", r.Method, call.path, err)})
	}
}

// asked is the host whose address a request came to; "" if it is no host's.
func (c *Cluster) asked(r *http.Request) string {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return ""
	}
	address, _, _ := net.SplitHostPort(local.String())
	for name, node := range c.state.Nodes {
		if node.Address == address && address != "" {
			return name
		}
	}
	return ""
}

// handle does what every request goes through: endpoint, token, parameters, faults, then the endpoint's own work.
func (c *call) handle(r *http.Request) (any, error) {
	e, vars := find(r)
	if e == nil {
		c.state.Unknown[r.Method+" "+r.URL.Path]++
		return nil, refused(http.StatusNotImplemented, "Method '%s %s' not implemented", r.Method, strings.TrimSuffix(prefix, "/json/")+"/"+c.path)
	}
	c.vars = vars
	var err error
	if c.token, err = c.authenticate(r); err != nil {
		return nil, err
	}
	if c.params, err = e.parse(r); err != nil {
		return nil, err
	}
	if err := c.faultBefore(); err != nil {
		return nil, err
	}
	if node, ok := vars["node"]; ok && c.state.Nodes[node] == nil {
		return nil, died("hostname lookup '%s' failed - failed to get address info for: %s: Name or service not known", node, node)
	} else if ok && c.isDown(node) {
		return nil, refused(595, "No route to host")
	} else if err := c.reach(node); err != nil {
		return nil, err
	}
	data, err := e.handle(c)
	if t, ok := data.(*Task); ok && err == nil {
		c.giveTime(t)
		data = t.UPID
	}
	if c.cutAfter() {
		err = errReset
	}
	return data, err
}

// giveTime lets a quick task end before its reply.
func (c *call) giveTime(t *Task) {
	limit := time.Duration(float64(patience) * c.clock.Speed())
	c.wait(limit, func() bool { return !t.End.IsZero() })
}

func (c *Cluster) log(call *call, err error) {
	status, reason := reasonOf(err)
	c.events.Add(Event{
		Kind: "request", What: call.method + " " + call.path, Node: call.vars["node"],
		VMID: number(call.vars["vmid"]), Status: status, Reason: reason, Params: call.params,
	})
}
