package images

import (
	"cmp"
	"slices"
	"sync"
)

// Record collects, for all nodes, what became of each image. Its zero value is ready for use.
type Record struct {
	mutex sync.Mutex
	lines map[key]map[string]bool
}

type key struct {
	image string
	real  bool
	says  string
}

// Line is a row for people: which image, real or simulated, and where.
type Line struct {
	Image string `json:"image"`
	Real  bool   `json:"real"`
	// Says tells what happened instead, or which program ran.
	Says string `json:"says"`
	// Containers are "namespace/pod/container", sorted.
	Containers []string `json:"containers"`
}

// Note remembers how a container was played.
func (r *Record) Note(image string, play Play, container string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	k := key{image: image, real: play.Real(), says: play.Says}
	if r.lines == nil {
		r.lines = map[key]map[string]bool{}
	}
	if r.lines[k] == nil {
		r.lines[k] = map[string]bool{}
	}
	r.lines[k][container] = true
}

// Lines is the record so far, real ones first, then by image.
func (r *Record) Lines() []Line {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	lines := make([]Line, 0, len(r.lines))
	for k, containers := range r.lines {
		line := Line{Image: k.image, Real: k.real, Says: k.says}
		for container := range containers {
			line.Containers = append(line.Containers, container)
		}
		slices.Sort(line.Containers)
		lines = append(lines, line)
	}
	slices.SortFunc(lines, func(a, b Line) int {
		if a.Real != b.Real {
			if a.Real {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Image, b.Image), cmp.Compare(a.Says, b.Says))
	})
	return lines
}
