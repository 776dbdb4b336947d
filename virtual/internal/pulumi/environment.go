package pulumi

import (
	"os"
	"strings"
)

// dropped are prefixes of variables that would lead out of the lab or to somebody else's things.
var dropped = []string{"PULUMI_", "HELM_", "XDG_", "KUBECONFIG=", "TALOSCONFIG=", "HOME=", "PATH=", "TMPDIR=", "SSL_CERT_", "CURL_CA_BUNDLE=",
	"JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "STARBASE_STACK=", "STARBASE_DESTROY=", "PROXMOX_VE_"}

// Environment is what processes of the lab see: the given variables without those that lead elsewhere, and the lab's own.
func (e Engine) Environment(base []string) []string {
	var kept []string
	path := ""
	for _, variable := range base {
		if value, ok := strings.CutPrefix(variable, "PATH="); ok {
			path = value
		}
		if !drops(variable) {
			kept = append(kept, variable)
		}
	}
	return append(kept,
		"PATH="+e.In("bin")+string(os.PathListSeparator)+path,
		"HOME="+e.In("home"),
		"TMPDIR="+e.In("tmp"),
		"XDG_CACHE_HOME="+e.In("home", ".cache"),
		"XDG_CONFIG_HOME="+e.In("home", ".config"),
		"XDG_DATA_HOME="+e.In("home", ".local", "share"),
		"HELM_CACHE_HOME="+e.In("home", ".cache", "helm"),
		"HELM_CONFIG_HOME="+e.In("home", ".config", "helm"),
		"HELM_DATA_HOME="+e.In("home", ".local", "share", "helm"),
		"KUBECONFIG="+e.In("kubeconfig"),
		"TALOSCONFIG="+e.In("talosconfig"),
		"PULUMI_HOME="+e.In("home", ".pulumi"),
		"PULUMI_BACKEND_URL=file://"+e.In("state"),
		"PULUMI_STACK="+e.Stack,
		"PULUMI_CONFIG_PASSPHRASE_FILE="+e.In("passphrase"),
		"PULUMI_SKIP_UPDATE_CHECK=true",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
		"STARBASE_STACK="+e.Stack,
	)
}

func drops(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	if strings.HasSuffix(strings.ToLower(name), "_proxy") {
		return true
	}
	for _, prefix := range dropped {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}
