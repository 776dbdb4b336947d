// Package cloudkms is what the engine names of Google's key service, which a lab has no use for.
package cloudkms

// CloudkmsScope is the right to use keys.
const CloudkmsScope = "https://www.googleapis.com/auth/cloudkms"
