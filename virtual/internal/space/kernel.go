package space

import (
	"fmt"
	"os"
	"strings"
)

// switches are the kernel's settings that can forbid namespaces to people without privileges.
var switches = []struct{ name, forbids, allow string }{
	{"kernel.apparmor_restrict_unprivileged_userns", "1", "0"},
	{"kernel.unprivileged_userns_clone", "0", "1"},
	{"user.max_user_namespaces", "0", "10000"},
}

// refused says which of the kernel's settings forbids the lab, and what to type; without one it passes the error on.
func refused(cause error) error {
	var advice []string
	for _, s := range switches {
		value, err := os.ReadFile(setting(s.name))
		if err == nil && strings.TrimSpace(string(value)) == s.forbids {
			advice = append(advice, fmt.Sprintf("%s is %s; allow it with: sudo sysctl -w %s=%s", s.name, s.forbids, s.name, s.allow))
		}
	}
	if advice == nil {
		return fmt.Errorf("the lab's namespaces could not be made: %w", cause)
	}
	return fmt.Errorf("this kernel does not allow namespaces without privileges, which the virtual lab needs (%w)\n  %s",
		cause, strings.Join(advice, "\n  "))
}

// sysctls is a variable for the tests alone.
var sysctls = "/proc/sys"

func setting(name string) string {
	return sysctls + "/" + strings.ReplaceAll(name, ".", "/")
}
