package pulumi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// engineMark is in the environment of everything that an engine of this lab starts.
const engineMark = "STARBASE_ENGINE"

// repair clears what a killed run left: processes, the backend's lock, operations that nobody knows the end of, and Helm
// releases that wait for ever. The caller holds the lock, so whatever is left of an engine is a killed one's. A destroy
// needs no releases to be repaired, and its cluster may be dead.
func (e Engine) repair(l *lock, what string) error {
	if !l.unclean() {
		return nil
	}
	e.endOrphans()
	state, pending, err := e.unlocked()
	if err != nil {
		return err
	}
	if what != destroying {
		if err := e.repairCluster(pending); err != nil {
			return err
		}
	}
	return e.forget(state, pending)
}

// repairCluster does nothing when there was no cluster yet: its kubeconfig is written once its API answers.
func (e Engine) repairCluster(pending []operation) error {
	if _, err := os.Stat(e.In("kubeconfig")); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	client, err := e.cluster()
	if err != nil {
		return err
	}
	return repairReleases(client, pending)
}

// unlocked takes the backend's lock away and reads the state.
func (e Engine) unlocked() (state []byte, pending []operation, err error) {
	if _, err := e.quiet(e.In("project"), nil, "cancel", "--yes", "--stack", e.Stack); err != nil {
		return nil, nil, err
	}
	if state, err = e.export(); err != nil {
		return nil, nil, err
	}
	pending, err = pendingOperations(state)
	return state, pending, err
}

// forget drops pending operations, which an import does. Objects of a cluster that were being made, changed or deleted are
// read from the cluster: the state has them as they were before. Whatever else was being made is made again.
func (e Engine) forget(state []byte, pending []operation) error {
	state, spared, err := spare(state)
	if err != nil {
		return err
	}
	state, err = adopt(state, pending)
	if err != nil {
		return err
	}
	if len(pending) == 0 && len(spared) == 0 {
		return nil
	}
	for _, p := range pending {
		fmt.Fprintf(os.Stderr, "Repairing: the last run was cut off while %s %s\n", p.Type, p.Resource.URN)
	}
	for _, object := range spared {
		fmt.Fprintf(os.Stderr, "Repairing: the last run left %s to be deleted first of all; that is decided by the stack file again\n", object)
	}
	if _, err := e.quiet(e.In("project"), state, "stack", "import", "--stack", e.Stack); err != nil {
		return err
	}
	urns := uncertain(pending)
	if len(urns) == 0 {
		return nil
	}
	words := []string{"refresh", "--yes", "--skip-preview", "--stack", e.Stack}
	for _, urn := range urns {
		words = append(words, "--target", urn)
	}
	if _, err := e.quiet(e.In("project"), nil, words...); err != nil {
		fmt.Fprintf(os.Stderr, "Repairing: what was being changed could not be read; pulumi up --refresh reads all of it\n%v\n", err)
	}
	return nil
}

// endOrphans kills plugins and programs whose engine was killed: they would go on writing to the cluster.
func (e Engine) endOrphans() {
	mark := []byte(engineMark + "=" + e.Folder)
	environments, _ := filepath.Glob("/proc/[0-9]*/environ") // the pattern is a good one
	for _, path := range environments {
		content, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended since
		}
		pid, err := strconv.Atoi(strings.Split(path, "/")[2])
		if err != nil || pid == os.Getpid() {
			continue
		}
		for _, variable := range bytes.Split(content, []byte{0}) {
			if bytes.Equal(variable, mark) {
				_ = syscall.Kill(pid, syscall.SIGKILL) // gone already is as good
			}
		}
	}
}

// operation is one that was begun and not ended.
type operation struct {
	Type     string
	Resource struct {
		recorded
		Inputs json.RawMessage `json:"inputs"`
	}
	// record is the whole resource, as the state has it.
	record json.RawMessage
}

func pendingOperations(state []byte) ([]operation, error) {
	var exported struct {
		Deployment struct {
			Pending []struct {
				Type     string          `json:"type"`
				Resource json.RawMessage `json:"resource"`
			} `json:"pending_operations"`
		} `json:"deployment"`
	}
	if err := json.Unmarshal(state, &exported); err != nil {
		return nil, fmt.Errorf("the stack's state: %w", err)
	}
	pending := make([]operation, len(exported.Deployment.Pending))
	for i, p := range exported.Deployment.Pending {
		pending[i].Type, pending[i].record = p.Type, p.Resource
		if err := json.Unmarshal(p.Resource, &pending[i].Resource); err != nil {
			return nil, fmt.Errorf("a pending operation of the stack: %w", err)
		}
	}
	return pending, nil
}
