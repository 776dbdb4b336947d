package proxmox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// load reads the state file, or makes the state that the setup describes when there is no file.
func load(file string, setup Setup) (*State, error) {
	if file != "" {
		data, err := os.ReadFile(file)
		if err == nil {
			s := newState()
			if err := json.Unmarshal(data, s); err != nil {
				return nil, fmt.Errorf("the state of the simulated Proxmox in %s can't be read: %w", file, err)
			}
			return s, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return setup.state()
}

// state checks the setup and turns it into a cluster without machines.
func (s Setup) state() (*State, error) {
	if len(s.Nodes) == 0 {
		return nil, errors.New("a simulated Proxmox needs at least one node")
	}
	state := newState()
	state.PID = 1000
	for _, n := range s.Nodes {
		state.Nodes[n.Name] = &n
	}
	for _, st := range s.Storages {
		state.Storages[st.ID] = &st
	}
	for _, id := range s.Pools {
		state.Pools[id] = &Pool{ID: id}
	}
	for _, t := range s.Tokens {
		state.Tokens[t.ID] = &t
	}
	for name, devices := range s.PCIMappings {
		state.PCIMappings[name] = devices
	}
	return state, nil
}

// save writes the state file when the state differs from what was written last. A reader of the file never sees half of
// one state: the file is replaced, not rewritten.
func (c *Cluster) save() {
	if c.file == "" {
		return
	}
	data, err := json.MarshalIndent(c.state, "", " ")
	if err != nil || bytes.Equal(data, c.saved) {
		return
	}
	next := c.file + ".next"
	if err := errors.Join(os.WriteFile(next, data, 0o600), os.Rename(next, c.file)); err != nil {
		c.events.Add(Event{Kind: "error", What: "the state could not be saved: " + err.Error()})
		return
	}
	c.saved = data
}

// copyOfState leaves out what is not the hosts' to tell: tokens' secrets, and what guests keep on their disks.
func (c *Cluster) copyOfState() State {
	data, err := json.Marshal(c.state)
	if err != nil {
		panic(err) // the state is plain data
	}
	copied := newState()
	if err := json.Unmarshal(data, copied); err != nil {
		panic(err)
	}
	for id, t := range copied.Tokens {
		t.Secret = ""
		copied.Tokens[id] = t
	}
	for _, v := range copied.Volumes {
		v.Data = nil
	}
	return *copied
}
