// Package changes says that objects that an informer follows have changed, for those who then look at all of them again.
package changes

import "k8s.io/client-go/tools/cache"

// Call calls look on every event.
func Call(look func()) cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { look() },
		UpdateFunc: func(any, any) { look() },
		DeleteFunc: func(any) { look() },
	}
}

// Signal signals changed on every event and merges signals that are still pending; changed has room for one.
func Signal(changed chan<- struct{}) cache.ResourceEventHandler {
	return Call(func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	})
}
