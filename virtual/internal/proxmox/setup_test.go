package proxmox

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestAPersonGivesTheTokenThePrivilegesThatTheLabHas(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile(`(?s)pveum role add Starbase --privs "([^"]+)"`).FindSubmatch(readme)
	if command == nil {
		t.Fatal("README has no such command")
	}
	if got := strings.Fields(strings.ReplaceAll(string(command[1]), `\`, " ")); !slices.Equal(got, LabPrivileges) {
		t.Errorf("README says %v; the lab has %v", got, LabPrivileges)
	}
}
