// Package retry is what gcerr names of it. The rest is for queues, and needs Google's client libraries.
package retry

import "fmt"

// ContextError is the error of a call that was repeated until its context ended.
type ContextError struct {
	CtxErr  error // the context's
	FuncErr error // the last call's
}

func (e *ContextError) Error() string { return fmt.Sprintf("%v; last error: %v", e.CtxErr, e.FuncErr) }

// Is reports whether either error is the target.
func (e *ContextError) Is(target error) bool { return e.CtxErr == target || e.FuncErr == target }
