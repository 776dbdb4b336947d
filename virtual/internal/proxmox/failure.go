package proxmox

import (
	"errors"
	"fmt"
	"net/http"
)

// failure is an error with the status and reason phrase that Proxmox answers with. Clients read the phrase: that is
// where "does not exist" and "got timeout" stand.
type failure struct {
	status int
	reason string
	// fields are the parameters that were refused, with the reason of each.
	fields map[string]string
}

func (f *failure) Error() string { return f.reason }

// errReset is no answer at all: the connection breaks.
var errReset = errors.New("connection reset")

// died is what a Perl `die` in Proxmox's own code becomes: 500 with the text as reason phrase.
func died(format string, args ...any) error {
	return &failure{status: http.StatusInternalServerError, reason: fmt.Sprintf(format, args...)}
}

func refused(status int, format string, args ...any) error {
	return &failure{status: status, reason: fmt.Sprintf(format, args...)}
}

// badParameter is the answer of the API's schema check.
func badParameter(name, format string, args ...any) error {
	return &failure{
		status: http.StatusBadRequest, reason: "Parameter verification failed.",
		fields: map[string]string{name: fmt.Sprintf(format, args...)},
	}
}

// noSuchVM is how every request for a machine that is not on the node named is answered.
func noSuchVM(node string, id int) error {
	return died("Configuration file 'nodes/%s/qemu-server/%d.conf' does not exist", node, id)
}
