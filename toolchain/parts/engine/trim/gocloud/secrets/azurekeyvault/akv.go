// Package azurekeyvault registers nothing, so that the engine has no driver for azurekeyvault://: a lab's secrets have a
// passphrase.
package azurekeyvault
