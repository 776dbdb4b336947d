// Package hashivault registers nothing, so that the engine has no driver for hashivault://: a lab's secrets have a
// passphrase.
package hashivault
