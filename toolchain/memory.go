package main

import (
	"fmt"
	"os"
	"strings"
)

// enoughForTwo is the memory, in bytes, with which two families are built side by side: linking kube-apiserver takes two
// gigabytes, compiling the largest package of the other family as much.
const enoughForTwo = 7 << 30

// sideBySide is how many families are built at a time.
func sideBySide() int {
	meminfo, err := os.ReadFile("/proc/meminfo")
	if err != nil || availableMemory(string(meminfo)) < enoughForTwo {
		return 1
	}
	return 2
}

// availableMemory reads MemAvailable, in bytes, out of /proc/meminfo.
func availableMemory(meminfo string) (bytes int64) {
	for line := range strings.Lines(meminfo) {
		if _, err := fmt.Sscanf(line, "MemAvailable: %d kB", &bytes); err == nil {
			return bytes << 10
		}
	}
	return 0
}
