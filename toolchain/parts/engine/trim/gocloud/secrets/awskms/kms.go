// Package awskms registers nothing, so that the engine has no driver for awskms://: a lab's secrets have a passphrase.
package awskms
