package pulumi

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// tuned is what every Java of the lab gets besides its trust: the engine starts the program twice a run, for seconds each,
// and a second compiler costs more than it brings in that time; nothing of it stays in the machine's /tmp.
const tuned = `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData "-Djava.io.tmpdir=%s"`

// Java puts a `java` on the lab's PATH that has its options from a file. It takes them from the variable JDK_JAVA_OPTIONS
// among the given ones and returns the others: Java announces that variable at each start, in the middle of messages.
func (e Engine) Java(variables []string) ([]string, error) {
	options := fmt.Sprintf(tuned, e.In("tmp"))
	var others []string
	for _, variable := range variables {
		if theirs, ok := strings.CutPrefix(variable, "JDK_JAVA_OPTIONS="); ok {
			options = theirs + " " + options
		} else {
			others = append(others, variable)
		}
	}
	program, err := exec.LookPath("java")
	if err != nil {
		return nil, fmt.Errorf("java is missing; a JDK, 17 or newer, is needed: %w", err)
	}
	if err := e.folders(); err != nil {
		return nil, err
	}
	file := e.In("java.options")
	script := fmt.Sprintf("#!/bin/sh\nexec %s %s \"$@\"\n", quoted(program), quoted("@"+file))
	return others, errors.Join(
		replace(file, func(fresh string) error { return os.WriteFile(fresh, []byte(options+"\n"), 0o600) }),
		replace(e.In("bin", "java"), func(fresh string) error { return os.WriteFile(fresh, []byte(script), 0o700) }))
}

// quoted is a word as the shell reads it back.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
