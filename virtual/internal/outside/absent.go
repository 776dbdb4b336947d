package outside

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
)

// notHere answers for whatever the world lacks. The text reaches people through Helm's and Pulumi's error messages.
func notHere(w http.ResponseWriter, r *http.Request) {
	http.Error(w, fmt.Sprintf("The virtual lab's outside world does not have https://%s%s: it only has what the pinned versions need.",
		hostOf(r), r.URL.Path), http.StatusNotFound)
}

// absentees counts what was asked for and not found.
type absentees struct {
	mutex sync.Mutex
	asked map[string]int
}

func (a *absentees) add(r *http.Request) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.asked == nil {
		a.asked = map[string]int{}
	}
	a.asked[hostOf(r)+r.URL.Path]++
}

func (a *absentees) counts() map[string]int {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return maps.Clone(a.asked)
}
