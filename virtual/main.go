// Command starbase-lab is the virtual lab: no hardware, no internet, no privileges, every control plane real.
// The script ./lab builds what it needs and calls it.
package main

import (
	"os"

	"starbase.example/virtual/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args)) }
