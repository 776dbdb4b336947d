package proxmox

import "time"

// wait blocks until the condition holds or the time has passed on the cluster's clock, and returns whether it holds.
// The mutex is held before and after, and free in between: the condition is looked at whenever the state changes.
func (c *Cluster) wait(limit time.Duration, condition func() bool) bool {
	late := false
	timer := c.clock.After(limit, func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		late = true
		c.changed.Broadcast()
	})
	defer timer.Stop()
	for !condition() && !late {
		c.changed.Wait()
	}
	return condition()
}

// pass lets the time pass on the cluster's clock.
func (c *Cluster) pass(d time.Duration) {
	if d > 0 {
		c.wait(d, func() bool { return false })
	}
}
