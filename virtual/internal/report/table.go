package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Table writes rows below a header, columns aligned, indented by two.
func Table(out io.Writer, header []string, rows [][]string) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	for _, row := range append([][]string{header}, rows...) {
		// A tab at the end would make the last column one that is padded.
		fmt.Fprintln(w, "  "+strings.Join(row, "\t"))
	}
	return w.Flush()
}
