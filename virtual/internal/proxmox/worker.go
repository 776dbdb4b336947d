package proxmox

import (
	"context"
	"errors"
	"net/http"
	"time"
)

const (
	// workers are the processes with which a host answers. Source: PVE/Service/pveproxy.pm, max_workers.
	workers = 3
	// proxyTime is how long a host waits for another one to which it passes a request on.
	// Source: proxy_request in PVE/APIServer/AnyEvent.pm.
	proxyTime = 30 * time.Second
	// fetchTime is how long a host waits for a server, LWP::UserAgent's own limit.
	fetchTime = 180 * time.Second
)

// reach waits until a host has a worker that is not blocked. The one that passes a request on gives up before that.
func (c *call) reach(node string) error {
	limit := fetchTime
	if c.passesOn(node) {
		limit = proxyTime
	}
	if !c.wait(limit, func() bool { return c.blocked[node] < workers }) {
		return gaveUp()
	}
	return nil
}

// passesOn says whether the request came to another host than the one that it is about.
func (c *call) passesOn(node string) bool { return c.host != "" && node != "" && c.host != node }

// gaveUp is AnyEvent::HTTP's answer when another host is silent for too long.
func gaveUp() error { return refused(596, "Connection timed out") }

// head asks a server about a file. A worker of the host does so itself and does nothing else meanwhile, also when the host
// that passed the request on has given up. Source: query_url_metadata in PVE/API2/Nodes.pm, which runs no task.
func (c *call) head(url string) (*http.Response, error) {
	node := c.vars["node"]
	ctx, end := context.WithTimeout(context.Background(), c.clock.realTime(fetchTime))
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		end()
		return nil, badParameter("url", "value does not match the regex pattern")
	}
	var answer *http.Response
	done := false
	c.blocked[node]++
	c.changed.Broadcast()
	go func() {
		defer end()
		a, e := c.http.Do(request)
		if e == nil {
			a.Body.Close()
		}
		c.mutex.Lock()
		defer c.mutex.Unlock()
		answer, err, done = a, e, true
		c.blocked[node]--
		c.changed.Broadcast()
	}()
	if c.passesOn(node) && !c.wait(proxyTime, func() bool { return done }) {
		return nil, gaveUp()
	}
	for !done {
		c.changed.Wait()
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, died("invalid server response: '500 read timeout'")
	case err != nil:
		return nil, died("invalid server response: '500 Can't connect to %s'", hostOf(url))
	case answer.StatusCode != http.StatusOK:
		return nil, died("invalid server response: '%s'", answer.Status)
	}
	return answer, nil
}
