package pulumi

import "strings"

// call is what matters to us of a pulumi command line.
type call struct {
	verb string
	// ofStack says that the call works on the lab's own stack and reads its stack file.
	ofStack bool
	// writes says that it changes what is deployed.
	writes bool
}

// verbs that work on a stack by a stack file, and whether they change what is deployed. `config` is not among them: it
// edits the person's own file, and a copy would lose the change.
var verbs = map[string]bool{
	"up": true, "update": true, "destroy": true, "down": true, "dn": true, "refresh": true, "import": true, "watch": true,
	"preview": false, "pre": false, "logs": false,
}

// valued are the flags before a verb that take the next word as their value.
var valued = map[string]bool{"--color": true, "-v": true, "--verbose": true, "--profiling": true, "--tracing": true,
	"--memprofilerate": true, "--otel-traces": true}

// understand reads a command line. A person who names another project, stack or stack file is left alone.
func understand(arguments []string) call {
	var c call
	for i := 0; i < len(arguments); i++ {
		switch word := arguments[i]; {
		case elsewhere(word):
			return call{verb: c.verb}
		case c.verb != "" || strings.HasPrefix(word, "-"):
			if valued[word] {
				i++
			}
		default:
			c.verb = word
			c.writes, c.ofStack = verbs[word]
		}
	}
	return c
}

func elsewhere(word string) bool {
	for _, flag := range []string{"--cwd", "-C", "--stack", "-s", "--config-file", "--help", "-h"} {
		long := strings.HasPrefix(flag, "--")
		if word == flag || long && strings.HasPrefix(word, flag+"=") ||
			!long && strings.HasPrefix(word, flag) && !strings.HasPrefix(word, "--") {
			return true
		}
	}
	return false
}
