package proxmox

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// on runs hosts of both releases that README names.
func on(t *testing.T, do func(t *testing.T, p *pve, is8 bool)) {
	for _, preset := range []string{"", "pve-8.4"} {
		t.Run(preset, func(t *testing.T) {
			p := newPVE(t, Options{})
			if preset != "" {
				must(t, p.Fail(Ask{Preset: preset}))
			}
			do(t, p, preset != "")
		})
	}
}

func TestAPersonGivesTheTokenThePrivilegesThatTheLabHasOnEachRelease(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	must(t, err)
	command := regexp.MustCompile(`(?s)pveum role add Starbase --privs "([^"]+)"`).FindSubmatch(readme)
	if command == nil {
		t.Fatal("README has no such command")
	}
	given := strings.ReplaceAll(string(command[1]), "\\\n", "")
	if got := strings.Fields(given); !slices.Equal(got, LabPrivileges) {
		t.Errorf("README says %v; the lab has %v", got, LabPrivileges)
	}
	on(t, func(t *testing.T, p *pve, _ bool) {
		same(t, p.ask("POST", "access/roles", "roleid=Starbase", "privs="+given).Status, 200)
		same(t, keysOf(p.ask("GET", "access/roles/Starbase").Data.(map[string]any)), slices.Sorted(slices.Values(LabPrivileges)))
		granted := p.ask("GET", "access/permissions").Data.(map[string]any)["/"].(map[string]any)
		same(t, keysOf(granted), slices.Sorted(slices.Values(LabPrivileges)))
	})
}

func TestAReleaseKnowsThePrivilegesOfItsTimeOnly(t *testing.T) {
	on(t, func(t *testing.T, p *pve, is8 bool) {
		known, unknown := "VM.GuestAgent.Audit", "VM.Monitor"
		if is8 {
			known, unknown = unknown, known
		}
		p.state.Tokens["starbase@pve!lab"].Access["/"] = append(slices.Clone(LabPrivileges), known, unknown)
		granted := p.ask("GET", "access/permissions").Data.(map[string]any)["/"].(map[string]any)
		same(t, []any{granted[known], granted[unknown]}, []any{1, nil})

		refused := p.ask("POST", "access/roles", "roleid=New", "privs="+known+","+unknown)
		same(t, []any{refused.Status, refused.Errors}, []any{400, map[string]string{"privs": "invalid format - invalid privilege '" + unknown + "'\n"}})
		same(t, p.ask("GET", "access/roles/New").Reason, "role 'New' does not exist")
		same(t, p.ask("POST", "access/roles", "roleid=New", "privs="+known).Status, 200)
		same(t, p.ask("POST", "access/roles", "roleid=New").Reason, "create role failed: role 'New' already exists")

		p.made()
		p.ok("POST", "nodes/pve1/qemu/101/status/start")
		same(t, p.ask("POST", "nodes/pve1/qemu/101/agent/ping").Reason, "No QEMU guest agent configured")
	})
}

func TestHostsOfOneClusterMayBeOfTwoReleases(t *testing.T) {
	p := newPVE(t, Options{})
	must(t, p.Fail(Ask{Preset: "pve-8.2", Node: "pve2"}))
	release := func(node string) any { return p.ask("GET", "nodes/"+node+"/version").Data.(map[string]any)["release"] }
	same(t, []any{release("pve1"), release("pve2")}, []any{"9.1", "8.2"})
	takesImages := func(node string) bool {
		return len(p.ask("GET", "nodes/"+node+"/storage", "content=import").Data.([]any)) > 0
	}
	same(t, []bool{takesImages("pve1"), takesImages("pve2")}, []bool{true, false})
}
