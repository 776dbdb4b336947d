// Package controllers stands in for the module sigs.k8s.io/mcs-api/controllers, which Cilium's operator requires and module proxies
// don't hand out. The operator takes one constant from it, for Services that multi-cluster setups derive from ServiceImports; a lab
// is one cluster.
package controllers

// DerivedServiceAnnotation on a ServiceImport names the Service that was made for it.
const DerivedServiceAnnotation = "multicluster.kubernetes.io/derived-service"
