package space

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

// Run is the record of a running lab. The start time tells init from another process that got its number later.
type Run struct {
	// PID is init's process number, as the machine outside counts.
	PID int `json:"pid"`
	// Started is init's start in clock ticks after boot (field 22 of /proc/PID/stat).
	Started uint64 `json:"started"`
}

func (r Run) alive() bool {
	started, state, err := stat(fmt.Sprintf("/proc/%d/stat", r.PID))
	return err == nil && started == r.Started && state != "Z"
}

// ourselves reads the calling process's record from the machine's /proc: to be called before /proc is mounted anew.
func ourselves() (Run, error) {
	link, err := os.Readlink("/proc/self")
	if err != nil {
		return Run{}, err
	}
	pid, err := strconv.Atoi(link)
	if err != nil {
		return Run{}, err
	}
	started, _, err := stat("/proc/self/stat")
	return Run{PID: pid, Started: started}, err
}

func stat(path string) (started uint64, state string, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, "", err
	}
	// The command's name is in brackets and may hold spaces and brackets itself: the fields begin after the last one.
	fields := bytes.Fields(content[bytes.LastIndexByte(content, ')')+1:])
	if len(fields) < 20 {
		return 0, "", fmt.Errorf("%s has %d fields after the name, not 20", path, len(fields))
	}
	started, err = strconv.ParseUint(string(fields[19]), 10, 64)
	return started, string(fields[0]), err
}

func readRun(path string) (Run, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Run{}, err
	}
	var run Run
	return run, json.Unmarshal(content, &run)
}

func (r Run) write(path string) error {
	content, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(content, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
