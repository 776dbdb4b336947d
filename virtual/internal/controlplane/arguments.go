package controlplane

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

var (
	// lists are flags to which further values are added: the programs join what is given several times.
	lists = []string{"enable-admission-plugins", "feature-gates", "authorization-mode", "tls-cipher-suites", "controllers"}
	// fixed are flags that Talos lets nobody change either: where a program finds its identity and its etcd.
	fixed = []string{"etcd-servers", "client-ca-file", "requestheader-client-ca-file", "proxy-client-cert-file", "proxy-client-key-file",
		"encryption-provider-config", "etcd-cafile", "etcd-certfile", "etcd-keyfile", "kubelet-client-certificate", "kubelet-client-key",
		"service-account-key-file", "service-account-signing-key-file", "tls-cert-file", "tls-private-key-file", "kubeconfig",
		"authentication-kubeconfig", "authorization-kubeconfig", "cluster-signing-cert-file", "cluster-signing-key-file", "root-ca-file",
		"service-account-private-key-file", "name", "data-dir", "initial-cluster", "initial-cluster-state", "cert-file", "key-file",
		"trusted-ca-file", "peer-cert-file", "peer-key-file", "peer-trusted-ca-file"}
)

// with is a program's own flags with further ones, which replace those of the same name unless that is a list's.
func with(program string, own []string, further map[string][]string) ([]string, error) {
	for _, name := range slices.Sorted(maps.Keys(further)) {
		if slices.Contains(fixed, name) {
			return nil, fmt.Errorf("%s: the argument %s is not for a machine configuration to change", program, name)
		}
		if !slices.Contains(lists, name) {
			own = slices.DeleteFunc(own, func(flag string) bool {
				given, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
				return given == name
			})
		}
		for _, value := range further[name] {
			own = append(own, "--"+name+"="+value)
		}
	}
	return own, nil
}
