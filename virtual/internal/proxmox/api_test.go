package proxmox

import "testing"

func TestAnUnknownEndpointIsAnswered501AndCounted(t *testing.T) {
	p := newPVE(t, Options{})
	a := p.ask("GET", "nodes/pve1/ceph/status")
	same(t, []any{a.Status, a.Reason}, []any{501, "Method 'GET /api2/nodes/pve1/ceph/status' not implemented"})
	p.ask("PATCH", "version")
	same(t, p.State().Unknown, map[string]int{"GET /api2/json/nodes/pve1/ceph/status": 1, "PATCH /api2/json/version": 1})
	same(t, p.UnknownRequests(), 2)
}

func TestAnUnknownParameterIsRefusedByName(t *testing.T) {
	a := newPVE(t, Options{}).ask("POST", "nodes/pve1/qemu", machineParams("colour=red")...)
	same(t, []any{a.Status, a.Reason, a.Errors}, []any{400, "Parameter verification failed.",
		map[string]string{"colour": "property is not defined in schema and the schema does not allow additional properties"}})
}

func TestAMissingOrMistypedParameterIsRefusedByName(t *testing.T) {
	p := newPVE(t, Options{})
	same(t, p.ask("POST", "nodes/pve1/qemu", "name=x").Errors, map[string]string{"vmid": "property is missing and it is not optional"})
	same(t, p.ask("POST", "nodes/pve1/qemu", "vmid=101", "cores=two").Errors, map[string]string{"cores": "type check ('integer') failed - got 'two'"})
	same(t, p.ask("POST", "nodes/pve1/qemu", "vmid=101", "onboot=yes").Errors, map[string]string{"onboot": "type check ('boolean') failed - got 'yes'"})
}

func TestTheReasonPhraseSaysWhatIsWrong(t *testing.T) {
	a := newPVE(t, Options{}).ask("GET", "nodes/pve1/qemu/100/config")
	same(t, []any{a.Status, a.Reason, a.Message}, []any{500,
		"Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist",
		"Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist\n"})
}

func TestOnlyAKnownTokenGetsIn(t *testing.T) {
	p := newPVE(t, Options{})
	p.token = "starbase@pve!lab=wrong"
	a := p.ask("GET", "version")
	same(t, []any{a.Status, a.Reason}, []any{401, "invalid token value!"})
	p.token = "nobody@pve!x=1"
	a = p.ask("GET", "version")
	same(t, []any{a.Status, a.Reason}, []any{401, "no such token 'nobody@pve!x'"})
}

func TestATokenMayOnlyWhatItsAccessListSays(t *testing.T) {
	p := newPVE(t, Options{})
	p.state.Tokens["starbase@pve!lab"].Access = map[string][]string{"/": LabPrivileges, "/storage/local-lvm": {"Datastore.Audit"}}
	a := p.ask("POST", "nodes/pve1/qemu", machineParams()...)
	same(t, []any{a.Status, a.Reason}, []any{403, "Permission check failed (/storage/local-lvm, Datastore.AllocateSpace)"})
}

func TestSomeThingsAreForRootAlone(t *testing.T) {
	p := newPVE(t, Options{})
	same(t, p.ask("POST", "nodes/pve1/qemu", machineParams("args=-no-reboot")...).Reason, "only root can set 'args' config")
	same(t, p.ask("POST", "nodes/pve1/qemu", machineParams("hostpci0=host=0000:01:00")...).Reason, "only root can set 'hostpci0' config for non-mapped devices")
	same(t, p.ask("POST", "nodes/pve1/qemu", machineParams("ide3=file=cdrom,media=cdrom")...).Reason, "Permission check failed (/, Sys.Console)")
}

func TestNumbersInAConfigAreNumbers(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("onboot=1", "cpulimit=1.5")
	config := p.ask("GET", "nodes/pve1/qemu/101/config").Data.(map[string]any)
	same(t, []any{config["cores"], config["onboot"], config["cpulimit"], config["memory"]}, []any{2, 1, 1.5, "2048"})
}
