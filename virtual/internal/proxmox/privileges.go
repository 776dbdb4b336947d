package proxmox

import (
	"slices"
	"strings"
)

// Privileges of all releases, those that Proxmox VE 9 has dropped, and those that it has added.
// Source: $privgroups in PVE/AccessControl.pm, pve-access-control 8.2.2 (Proxmox VE 8.4) and 9.0.3 (9.0).
var (
	lasting = strings.Fields(`
		Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit Group.Allocate
		Mapping.Audit Mapping.Modify Mapping.Use Permissions.Modify Pool.Allocate Pool.Audit Realm.Allocate
		Realm.AllocateUser SDN.Allocate SDN.Audit SDN.Use Sys.AccessNetwork Sys.Audit Sys.Console Sys.Incoming Sys.Modify
		Sys.PowerMgmt Sys.Syslog User.Modify VM.Allocate VM.Audit VM.Backup VM.Clone VM.Config.CDROM VM.Config.CPU
		VM.Config.Cloudinit VM.Config.Disk VM.Config.HWType VM.Config.Memory VM.Config.Network VM.Config.Options
		VM.Console VM.Migrate VM.PowerMgmt VM.Snapshot VM.Snapshot.Rollback`)
	before9 = []string{"VM.Monitor"}
	since9  = strings.Fields(`
		VM.GuestAgent.Audit VM.GuestAgent.FileRead VM.GuestAgent.FileSystemMgmt VM.GuestAgent.FileWrite
		VM.GuestAgent.Unrestricted VM.Replicate`)
)

// isPrivilege says whether the release of the host knows a privilege of that name.
func (c *call) isPrivilege(name string) bool {
	its := since9
	if c.isBefore(c.server(), 9, 0) {
		its = before9
	}
	return slices.Contains(lasting, name) || slices.Contains(its, name)
}

// createRole is what `pveum role add` does. Source: PVE/API2/Role.pm. A role grants nothing here: tokens have their
// privileges directly.
func createRole(c *call) (any, error) {
	role := c.params["roleid"]
	if err := c.may("/access", "Sys.Modify"); err != nil {
		return nil, err
	}
	privileges := strings.FieldsFunc(c.params["privs"], func(r rune) bool { return strings.ContainsRune(",; \t\n", r) })
	for _, p := range privileges {
		if !c.isPrivilege(p) {
			return nil, badParameter("privs", "invalid format - invalid privilege '%s'\n", p)
		}
	}
	if _, ok := c.state.Roles[role]; ok {
		return nil, died("create role failed: role '%s' already exists", role)
	}
	slices.Sort(privileges)
	c.state.Roles[role] = slices.Compact(privileges)
	c.touch()
	return nil, nil
}

// getRole answers the privileges of a role.
func getRole(c *call) (any, error) {
	privileges, ok := c.state.Roles[c.vars["roleid"]]
	if !ok {
		return nil, died("role '%s' does not exist", c.vars["roleid"])
	}
	all := map[string]int{}
	for _, p := range privileges {
		all[p] = 1
	}
	return all, nil
}
