package space

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAKernelThatForbidsNamespacesIsNamedWithWhatToType(t *testing.T) {
	machine := sysctls
	t.Cleanup(func() { sysctls = machine })
	for _, c := range []struct{ name, value, want string }{
		{"kernel/apparmor_restrict_unprivileged_userns", "1\n", `this kernel does not allow namespaces without privileges, which the virtual lab needs (operation not permitted)
  kernel.apparmor_restrict_unprivileged_userns is 1; allow it with: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`},
		{"kernel/unprivileged_userns_clone", "0\n", `this kernel does not allow namespaces without privileges, which the virtual lab needs (operation not permitted)
  kernel.unprivileged_userns_clone is 0; allow it with: sudo sysctl -w kernel.unprivileged_userns_clone=1`},
		{"user/max_user_namespaces", "0\n", `this kernel does not allow namespaces without privileges, which the virtual lab needs (operation not permitted)
  user.max_user_namespaces is 0; allow it with: sudo sysctl -w user.max_user_namespaces=10000`},
		{"user/max_user_namespaces", "9000\n", "the lab's namespaces could not be made: operation not permitted"},
	} {
		sysctls = t.TempDir()
		path := filepath.Join(sysctls, c.name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(c.value), 0o600)); err != nil {
			t.Fatal(err)
		}
		if got := refused(syscall.EPERM).Error(); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}
