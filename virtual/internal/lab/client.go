package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"starbase.example/virtual/internal/report"
)

// Client asks a lab's daemon, from inside or outside.
type Client struct {
	Folder string
	// Alive says whether the lab's first process lives: without it nobody will answer any more. Nil is always.
	Alive func() bool
}

// ErrFailed is a start that did not succeed; the message of its step comes with it.
var ErrFailed = errors.New("the lab could not be started")

// Await waits until the start is over, handing out each step. It returns ErrFailed when a step failed.
func (c Client) Await(ctx context.Context, hear func(report.Step)) error {
	body, err := c.do(ctx, http.MethodGet, "/steps")
	if err != nil {
		return err
	}
	defer body.Close()
	for decoder := json.NewDecoder(body); ; {
		var s report.Step
		if err := decoder.Decode(&s); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("the lab ended while it was starting; its log is %s/logs/lab.log: %w", c.Folder, err)
		}
		if s.Error != "" {
			return fmt.Errorf("%w at the step %q: %s", ErrFailed, s.Name, s.Error)
		}
		hear(s)
	}
}

// Environment is what processes need beyond the engine's environment to trust the lab's outside world.
func (c Client) Environment(ctx context.Context) (variables []string, err error) {
	return variables, c.read(ctx, "/environment", &variables)
}

// Parts says what was real and what was simulated.
func (c Client) Parts(ctx context.Context) (parts []Part, err error) {
	return parts, c.read(ctx, "/parts", &parts)
}

// Machines lists the lab's machines.
func (c Client) Machines(ctx context.Context) (machines []Machine, err error) {
	return machines, c.read(ctx, "/machines", &machines)
}

// Power switches a machine on or off and returns when it is.
func (c Client) Power(ctx context.Context, name string, on bool) error {
	state := map[bool]string{true: "on", false: "off"}[on]
	body, err := c.do(ctx, http.MethodPost, "/machines/"+url.PathEscape(name)+"/"+state)
	if err != nil {
		return err
	}
	return body.Close()
}

// Simulated asks the side door of what is simulated, below /_lab/, and returns its answer.
func (c Client) Simulated(ctx context.Context, method, path string, content []byte) ([]byte, error) {
	body, err := c.send(ctx, method, "/_lab/"+path, content)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

func (c Client) read(ctx context.Context, path string, into any) error {
	body, err := c.do(ctx, http.MethodGet, path)
	if err != nil {
		return err
	}
	defer body.Close()
	return json.NewDecoder(body).Decode(into)
}

func (c Client) do(ctx context.Context, method, path string) (io.ReadCloser, error) {
	return c.send(ctx, method, path, nil)
}

// send waits a little for the socket: the daemon opens it as its first act, but is started before that.
func (c Client) send(ctx context.Context, method, path string, content []byte) (io.ReadCloser, error) {
	client := http.Client{Transport: &http.Transport{DialContext: c.dial, DisableKeepAlives: true}}
	for deadline := time.Now().Add(10 * time.Second); ; {
		request, err := http.NewRequestWithContext(ctx, method, "http://lab"+path, bytes.NewReader(content))
		if err != nil {
			return nil, err
		}
		response, err := client.Do(request)
		if err == nil {
			return accepted(response)
		}
		if ctx.Err() != nil || time.Now().After(deadline) || c.Alive != nil && !c.Alive() {
			return nil, fmt.Errorf("the lab does not answer; its log is %s/logs/lab.log: %w", c.Folder, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// accepted makes the daemon's refusal an error in its own words.
func accepted(response *http.Response) (io.ReadCloser, error) {
	if response.StatusCode < http.StatusMultipleChoices {
		return response.Body, nil
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	return nil, errors.Join(errors.New(strings.TrimSpace(string(said))), err)
}

func (c Client) dial(ctx context.Context, _, _ string) (connection net.Conn, err error) {
	err = at(c.Folder, func(address string) error {
		connection, err = (&net.Dialer{}).DialContext(ctx, "unix", address)
		return err
	})
	return connection, err
}
