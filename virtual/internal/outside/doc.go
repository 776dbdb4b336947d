// Package outside is the internet as the virtual lab's own namespace sees it.
//
// The stack file of a lab names chart repositories and files at their public addresses. The lab has no internet, and the stack file
// is used unchanged, so the package answers for those few names itself, from the files of the pinned Go modules that also hold them:
//
//	https://helm.cilium.io                  the Cilium chart
//	https://charts.jetstack.io              the cert-manager chart
//	https://raw.githubusercontent.com       the Gateway API's resource definitions
//	https://factory.talos.dev               disk images, simulated (package factory)
//	https://images.storage.example          their bytes, which the factory redirects to
//	https://github.com, api.github.com      the releases of the engine's plugins: the built ones, packed as published
//
// What is real: the charts' and manifests' content, byte by byte, TLS with verified certificates, the index format and the digests.
// What is simulated: who answers. Only the pinned version of each exists (and the next one, where a pull request that raises it is
// previewed), and every other name or path is answered with 404, is written
// to the access log and is counted (World.Absent), so that a lab that needs more says so instead of going astray.
//
// # Use
//
//	world, err := outside.Open(labFolder, modules…) // anywhere: makes or reads the authority, packages the charts
//	world.Hosts()                                   // lines for the namespace's /etc/hosts
//	world.Environment()                             // makes Go, curl and Java trust the authority
//	listener, err := world.Listen()                 // inside the lab's network namespace: takes the address, accepts
//	err = world.Serve(ctx, listener)                // answers until ctx ends
//
// A client may connect as soon as Listen has returned: the kernel keeps its connection until Serve takes it.
//
// The authority is made once per lab and lies in the lab's folder. It is trusted by nobody but processes that get Environment.
//
// # Another host
//
// A host is a name and an http.Handler. Those that serve files of modules are in the table in sites.go; Open adds the factory,
// and Publish the releases.
package outside
