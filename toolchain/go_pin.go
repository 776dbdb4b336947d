package main

import (
	_ "embed"

	"golang.org/x/mod/modfile"
)

//go:embed go.mod
var ownModule []byte

// pinnedGo is the release of Go that compiles everything, "go1.26.8": the toolchain line of this program's go.mod. The go
// command on PATH fetches it as a module when it is another one, so that its own version decides nothing.
var pinnedGo = func() string {
	file, err := modfile.Parse("go.mod", ownModule, nil)
	if err != nil || file.Toolchain == nil {
		panic("toolchain/go.mod has no toolchain line")
	}
	return file.Toolchain.Name
}()

// compilerFlags are those of every package of every part, and of the tests in the script lab: equal flags share what is
// compiled. DWARF would be thrown away by the linker; stack traces do not need it.
var compilerFlags = []string{"-trimpath", "-gcflags=all=-dwarf=false"}
