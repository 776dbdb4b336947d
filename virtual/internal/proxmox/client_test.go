package proxmox

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

const testToken = "starbase@pve!lab=1-2-3"

// pve is a simulated cluster and a client of its API, as far as tests need one.
type pve struct {
	*Cluster
	t     *testing.T
	url   string
	token string
}

// fast makes tasks take milliseconds.
const fast = 1000

func newPVE(t *testing.T, options Options) *pve {
	t.Helper()
	setup := Lab("1-2-3", Node{Name: "pve1"}, Node{Name: "pve2"})
	setup.PCIMappings = map[string]map[string]string{"gpu": {"pve1": "0000:01:00.0"}}
	if options.Speed == 0 {
		options.Speed = fast
	}
	c, err := New(setup, options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.Handler())
	t.Cleanup(server.Close)
	return &pve{Cluster: c, t: t, url: server.URL, token: testToken}
}

// answer is a reply of the API.
type reply struct {
	Status  int
	Reason  string
	Data    any
	Errors  map[string]string
	Message string
}

// ask sends a request; parameters are name=value.
func (p *pve) ask(method, path string, params ...string) reply {
	p.t.Helper()
	values := url.Values{}
	for _, param := range params {
		name, value, _ := strings.Cut(param, "=")
		values.Add(name, value)
	}
	address, body := p.url+"/api2/json/"+path, ""
	if method == "GET" || method == "DELETE" {
		address += "?" + values.Encode()
	} else {
		body = values.Encode()
	}
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "PVEAPIToken="+p.token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return reply{Reason: err.Error()}
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	answer := reply{Status: response.StatusCode, Reason: strings.TrimPrefix(response.Status, response.Status[:4])}
	if err := json.Unmarshal(data, &answer); err != nil {
		p.t.Fatalf("%s %s answers %q: %v", method, path, data, err)
	}
	return answer
}

// task asks for something that is done in a task, waits for its end and returns its exit status.
func (p *pve) task(method, path string, params ...string) string {
	p.t.Helper()
	a := p.ask(method, path, params...)
	upid, ok := a.Data.(string)
	if a.Status != 200 || !ok {
		return a.Reason
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for {
		for _, t := range p.state.Tasks {
			if t.UPID == upid && !t.End.IsZero() {
				return t.Exit
			}
		}
		p.changed.Wait()
	}
}

// machineParams are those of a small machine.
func machineParams(more ...string) []string {
	return append([]string{
		"vmid=101", "name=cp1", "memory=2048", "cores=2", "bios=ovmf", "boot=order=scsi0",
		"efidisk0=file=local-lvm:1,format=raw,efitype=4m,pre-enrolled-keys=0",
		"scsi0=file=local-lvm:20,format=raw,size=21474836480,discard=on",
		"ide2=file=local-lvm:cloudinit,media=cdrom,", "citype=nocloud",
		"net0=model=virtio,bridge=vmbr0,firewall=0,macaddr=BC:24:11:00:00:0B",
		"ipconfig0=ip=192.168.1.11/24,gw=192.168.1.1", "nameserver=192.168.1.1",
	}, more...)
}

func (p *pve) made(more ...string) {
	p.t.Helper()
	if exit := p.task("POST", "nodes/pve1/qemu", machineParams(more...)...); exit != "OK" {
		p.t.Fatalf("qmcreate: %s", exit)
	}
}

func (p *pve) ok(method, path string, params ...string) {
	p.t.Helper()
	if exit := p.task(method, path, params...); exit != "OK" {
		p.t.Fatalf("%s %s: %s", method, path, exit)
	}
}

func (p *pve) config(id int) Config { return p.State().VMs[id].Config }

// diary is a guest that writes down what happens to it, and powers off when asked if it is obedient.
type diary struct {
	cluster  **Cluster
	obedient bool
	mutex    sync.Mutex
	entries  []string
	machines []Machine
	wrote    chan struct{}
}

func newDiary(obedient bool) *diary {
	return &diary{obedient: obedient, cluster: new(*Cluster), wrote: make(chan struct{}, 100)}
}

func (d *diary) write(entry string) {
	d.mutex.Lock()
	d.entries = append(d.entries, entry)
	d.mutex.Unlock()
	d.wrote <- struct{}{}
}

func (d *diary) PowerOn(m Machine) {
	d.mutex.Lock()
	d.machines = append(d.machines, m)
	d.mutex.Unlock()
	d.write("on")
}

func (d *diary) AcpiShutdown(vmid int) {
	d.write("asked to power off")
	if d.obedient {
		(*d.cluster).GuestPoweredOff(vmid)
	}
}
func (d *diary) PowerCut(int)          { d.write("cut") }
func (d *diary) Reset(int)             { d.write("reset") }
func (d *diary) DiskResized(int, Disk) { d.write("disk resized") }
func (d *diary) Migrated(int, string)  { d.write("migrated") }
func (d *diary) Destroyed(int)         { d.write("destroyed") }

// after waits for the number of entries and returns them.
func (d *diary) after(n int) []string {
	for range n {
		<-d.wrote
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return slices.Clone(d.entries)
}

func same(t *testing.T, got, want any) {
	t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		t.Errorf("got  %s\nwant %s", a, b)
	}
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
