package proxmox

import (
	"strings"
)

// maySet checks the privileges that changing settings takes: one per setting, and those on what a setting names.
// Source: check_vm_modify_config_perm, check_storage_access and check_bridge_access in PVE::API2::Qemu.
func (c *call) maySet(id int, pool string, wanted Config) error {
	for key, value := range wanted {
		s, ok := settingNamed(key)
		switch {
		case !ok:
			return badParameter(key, "property is not defined in schema and the schema does not allow additional properties")
		case rootOnly[key]:
			return died("only root can set '%s' config", key)
		}
		privilege := s.privilege
		if p := parseProperties(value, "file"); isDrive(key) && p["media"] == "cdrom" {
			privilege = "VM.Config.CDROM"
		}
		if err := c.mayVM(id, pool, privilege); err != nil {
			return err
		}
		if err := c.mayUse(key, value); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) mayUse(key, value string) error {
	switch {
	case isDrive(key):
		return c.mayUseStorage(parseProperties(value, "file"))
	case strings.HasPrefix(key, "net"):
		if bridge := parseProperties(value, "model")["bridge"]; bridge != "" {
			return c.may("/sdn/zones/localnetwork/"+bridge, "SDN.Use")
		}
	case strings.HasPrefix(key, "hostpci"):
		return c.mayPassThrough(key, value)
	}
	return nil
}

func (c *call) mayUseStorage(p properties) error {
	if p["file"] == "cdrom" {
		// The host's own drive: what a machine gets whose cdrom is not spelled out as "none".
		return c.may("/", "Sys.Console")
	}
	storage, rest, ok := strings.Cut(p["file"], ":")
	if !ok {
		return nil
	}
	if rest == "cloudinit" || newDisk.MatchString(p["file"]) {
		if err := c.may("/storage/"+storage, "Datastore.AllocateSpace"); err != nil {
			return err
		}
	}
	if source := p["import-from"]; source != "" {
		return c.may("/storage/"+storageOf(source), "Datastore.Audit")
	}
	return nil
}

// mayPassThrough: a token may use devices by a mapping of the cluster only.
func (c *call) mayPassThrough(key, value string) error {
	mapping := parseProperties(value, "host")["mapping"]
	switch {
	case mapping == "":
		return died("only root can set '%s' config for non-mapped devices", key)
	case c.state.PCIMappings[mapping] == nil:
		return badParameter(key, "PCI mapping '%s' does not exist", mapping) // approximate
	}
	return c.may("/mapping/pci/"+mapping, "Mapping.Use")
}
