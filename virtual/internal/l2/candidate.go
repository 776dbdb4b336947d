package l2

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"k8s.io/apimachinery/pkg/types"
)

// candidate is a node in one Service's election.
type candidate struct {
	service  types.NamespacedName
	speakers map[string]*speaker
	report   func(string)
	stop     context.CancelFunc

	mutex   sync.Mutex
	leads   bool
	wanted  []Place
	current []Place
}

func (c *candidate) want(places []Place) { c.change(func() { c.wanted = places }) }

// lead is called on a goroutine of its own, so leadership may be over before it comes to run: then ctx has ended.
func (c *candidate) lead(ctx context.Context) { c.change(func() { c.leads = ctx.Err() == nil }) }
func (c *candidate) lose()                    { c.change(func() { c.leads = false }) }

// change brings what is announced in line with what is wanted and whether the node leads.
func (c *candidate) change(what func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	what()
	var next []Place
	if c.leads {
		next = c.wanted
	}
	for _, place := range c.current {
		if !slices.Contains(next, place) {
			c.speakers[place.Interface].withdraw(place.Address)
			c.report(fmt.Sprintf("no longer announcing %s (Service %s) on %s", place.Address, c.service, place.Interface))
		}
	}
	for _, place := range next {
		if slices.Contains(c.current, place) {
			continue
		}
		if err := c.speakers[place.Interface].announce(place.Address); err != nil {
			c.report(fmt.Sprintf("announcing %s (Service %s) on %s: %v", place.Address, c.service, place.Interface, err))
		} else {
			c.report(fmt.Sprintf("announcing %s (Service %s) on %s", place.Address, c.service, place.Interface))
		}
	}
	c.current = next
}
