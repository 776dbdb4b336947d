// Package report is how the lab speaks to the person: steps with their times, and tables.
package report

import (
	"fmt"
	"io"
	"time"
)

// Step is one step of a start, reported when it begins and again when it ends.
type Step struct {
	Name string `json:"name"`
	// Ended says that the step is over, well unless Error says otherwise.
	Ended bool          `json:"ended"`
	Took  time.Duration `json:"took"`
	Error string        `json:"error,omitempty"`
}

// Print writes the line of a step that has ended well; one that failed speaks by its error, one that begins waits.
func (s Step) Print(out io.Writer) {
	if s.Ended && s.Error == "" {
		fmt.Fprintf(out, "  %-24s %6.1fs\n", s.Name, s.Took.Seconds())
	}
}
