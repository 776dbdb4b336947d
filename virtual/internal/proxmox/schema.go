package proxmox

import (
	"regexp"
	"strconv"
	"strings"
)

// schema lists an endpoint's parameters by name.
type schema map[string]parameter

type parameter struct {
	kind     kind
	required bool
}

type kind int

const (
	text kind = iota
	integer
	boolean
	decimal
)

// takes reads a schema from words: `vmid#!` is an integer that must be there, `purge?` a boolean, `target` a text.
func takes(words string) schema {
	s := schema{}
	for _, word := range strings.Fields(words) {
		var p parameter
		word, p.required = strings.CutSuffix(word, "!")
		for mark, kind := range map[string]kind{"#": integer, "?": boolean} {
			if name, ok := strings.CutSuffix(word, mark); ok {
				word, p.kind = name, kind
			}
		}
		s[word] = p
	}
	return s
}

// and adds the machine's settings to an endpoint's own parameters.
func (s schema) and(more schema) schema {
	for name, p := range more {
		s[name] = p
	}
	return s
}

var trailingNumber = regexp.MustCompile(`[0-9]+$`)

// lookup finds a parameter by its name; net0, net1, … all stand in the table as net[n].
func (s schema) lookup(name string) (parameter, bool) {
	if p, ok := s[name]; ok {
		return p, true
	}
	p, ok := s[trailingNumber.ReplaceAllString(name, "[n]")]
	return p, ok
}

// check refuses what Proxmox's own schema check refuses, in its words.
func (s schema) check(params map[string]string) error {
	for name, p := range s {
		if _, given := params[name]; p.required && !given {
			return badParameter(name, "property is missing and it is not optional")
		}
	}
	for name, value := range params {
		p, ok := s.lookup(name)
		if !ok {
			return badParameter(name, "property is not defined in schema and the schema does not allow additional properties")
		}
		if err := p.kind.check(name, value); err != nil {
			return err
		}
	}
	return nil
}

func (k kind) check(name, value string) error {
	switch k {
	case integer:
		if _, err := strconv.ParseInt(value, 10, 64); err != nil {
			return badParameter(name, "type check ('integer') failed - got '%s'", value)
		}
	case boolean:
		if value != "0" && value != "1" {
			return badParameter(name, "type check ('boolean') failed - got '%s'", value)
		}
	case decimal:
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			return badParameter(name, "type check ('number') failed - got '%s'", value)
		}
	}
	return nil
}

// number reads a number that a schema has checked already; anything else is 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
