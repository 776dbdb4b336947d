package proxmox

import (
	"sync"
	"time"
)

// Clock is the cluster's time: it runs at a speed, so that a start of three seconds can be over in a few milliseconds.
type Clock struct {
	mutex sync.Mutex
	speed float64
	// The clock read shown at the moment real, since when it has run at speed.
	shown, real time.Time
}

// NewClock makes a clock that shows the day's time now and runs speed times as fast (0 means 1).
func NewClock(speed float64) *Clock {
	if speed <= 0 {
		speed = 1
	}
	now := time.Now()
	return &Clock{speed: speed, shown: now, real: now}
}

// Now is the simulated time.
func (c *Clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	return c.shown.Add(time.Duration(float64(time.Since(c.real)) * c.speed))
}

// Speed is how much faster than the day's clock this one runs.
func (c *Clock) Speed() float64 {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.speed
}

// SetSpeed changes the speed from now on; waits that have begun keep theirs.
func (c *Clock) SetSpeed(speed float64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.shown, c.real, c.speed = c.now(), time.Now(), speed
}

// After calls f when d has passed on this clock.
func (c *Clock) After(d time.Duration, f func()) *time.Timer {
	return time.AfterFunc(c.realTime(d), f)
}

func (c *Clock) realTime(d time.Duration) time.Duration {
	return time.Duration(float64(d) / c.Speed())
}
