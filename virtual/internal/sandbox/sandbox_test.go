package sandbox

import (
	"bytes"
	"debug/elf"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
)

// TestMain plays three parts: the container's preparation, the program in the
// container (its first argument says which), and the tests.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case Verb:
			Main()
		case "look":
			os.Exit(look())
		case "wait":
			os.Exit(wait())
		}
	}
	os.Exit(lantest.Main(m))
}

// look prints what a program sees from inside.
func look() int {
	host, _ := os.Hostname()
	entries, _ := os.ReadDir("/")
	names := []string{}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "lib") {
			names = append(names, entry.Name())
		}
	}
	token, _ := os.ReadFile("/var/run/secrets/token")
	hosts, _ := os.ReadFile("/etc/hosts")
	addresses, _ := net.InterfaceAddrs()
	dir, _ := os.Getwd()
	fmt.Println("host", host)
	fmt.Println("root", names)
	fmt.Println("token", string(token))
	fmt.Println("hosts", string(hosts))
	fmt.Println("env", os.Environ())
	fmt.Println("dir", dir)
	fmt.Println("pid", os.Getpid())
	fmt.Println("addresses", addresses)
	fmt.Println("write token", os.WriteFile("/var/run/secrets/token", nil, 0o600))
	fmt.Println("write tmp", os.WriteFile("/tmp/file", nil, 0o600))
	fmt.Println("write data", os.WriteFile("/data/file", []byte("kept"), 0o600))
	_, err := os.OpenFile("/dev/null", os.O_WRONLY, 0)
	fmt.Println("open null", err)
	fmt.Fprintln(os.Stderr, "complaint")
	return 3
}

// wait ends with 0 on SIGTERM, and ignores it when told to.
func wait() int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	fmt.Println("waiting")
	for range signals {
		if len(os.Args) == 2 {
			return 0
		}
	}
	return 1
}

func podNetwork(t *testing.T) *lan.Namespace {
	t.Helper()
	if shared == nil {
		l, err := lan.New(netip.MustParsePrefix("192.168.1.1/24"))
		if err != nil {
			t.Fatal(err)
		}
		node, err := l.AddNode("w1", netip.MustParsePrefix("192.168.1.21/24"))
		if err != nil {
			t.Fatal(err)
		}
		if err := node.SetPodCIDR(netip.MustParsePrefix("10.244.1.0/24")); err != nil {
			t.Fatal(err)
		}
		if shared, err = node.AddPod("one"); err != nil {
			t.Fatal(err)
		}
	}
	return shared.Namespace()
}

var shared *lan.Pod

func container(t *testing.T, args ...string) (Container, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	return Container{
		Network: podNetwork(t),
		Stdout:  &out,
		Stderr:  &out,
		View: View{
			Root:     t.TempDir(),
			Hostname: "pod-one",
			Program:  self,
			Args:     append([]string{"/usr/bin/program"}, args...),
			Env:      []string{"NAME=value"},
			Mounts:   libraries(t, self),
		},
	}, &out
}

// libraries are shown too when the test binary was built with cgo: it plays
// the program, and the lab's real programs are static.
func libraries(t *testing.T, program string) []Mount {
	t.Helper()
	file, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if needed, err := file.ImportedLibraries(); err != nil || len(needed) == 0 {
		return nil
	}
	var mounts []Mount
	for _, folder := range []string{"/lib", "/lib64"} {
		if _, err := os.Stat(folder); err == nil {
			mounts = append(mounts, Mount{Source: folder, Path: folder, ReadOnly: true})
		}
	}
	return mounts
}

func TestTheProgramSeesItsOwnWorldAndNothingElse(t *testing.T) {
	c, out := container(t, "look")
	secrets, data := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(secrets, "token"), []byte("s3cret"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Files = map[string]string{"/etc/hosts": "127.0.0.1 localhost"}
	c.Mounts = append(c.Mounts, Mount{Source: secrets, Path: "/var/run/secrets", ReadOnly: true}, Mount{Source: data, Path: "/data"})
	p, err := Start(c)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Exit(); got.Code != 3 || got.Signal != 0 {
		t.Errorf("exit %+v, want code 3", got)
	}
	want := strings.Join([]string{
		"host pod-one",
		"root [data dev etc proc tmp usr var]",
		"token s3cret",
		"hosts 127.0.0.1 localhost",
		"env [NAME=value]",
		"dir /",
		"pid 1",
		"addresses [127.0.0.1/8 10.244.1.2/24",
	}, "\n")
	if !strings.HasPrefix(out.String(), want) {
		t.Errorf("got:\n%s\nwant it to begin with:\n%s", out, want)
	}
	want = "write token open /var/run/secrets/token: read-only file system\nwrite tmp <nil>\nwrite data <nil>\nopen null <nil>\ncomplaint\n"
	if !strings.HasSuffix(out.String(), want) {
		t.Errorf("got:\n%s\nwant it to end with:\n%s", out, want)
	}
	if kept, err := os.ReadFile(filepath.Join(data, "file")); err != nil || string(kept) != "kept" {
		t.Errorf("the volume holds %q, %v", kept, err)
	}
}

func started(t *testing.T, args ...string) *Process {
	t.Helper()
	c, _ := container(t, args...)
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout = writer
	p, err := Start(c)
	writer.Close()
	if err != nil {
		t.Fatal(err)
	}
	line := make([]byte, len("waiting\n"))
	if _, err := reader.Read(line); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAProgramIsAskedToEndBeforeItIsKilled(t *testing.T) {
	if got := started(t, "wait").Stop(10 * time.Second); got.Code != 0 || got.Signal != 0 {
		t.Errorf("exit %+v, want code 0", got)
	}
}

func TestAProgramThatWillNotEndIsKilledAfterItsGracePeriod(t *testing.T) {
	if got := started(t, "wait", "stubborn").Stop(50 * time.Millisecond); got.Code != 137 || got.Signal != 9 {
		t.Errorf("exit %+v, want code 137 by signal 9", got)
	}
}

func TestAStepThatFailsIsNamed(t *testing.T) {
	c, _ := container(t, "look")
	c.Mounts = []Mount{{Source: "/nosuch/volume", Path: "/data"}}
	_, err := Start(c)
	want := "preparing the container of /usr/bin/program: mounting on /data: stat /nosuch/volume: no such file or directory"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
