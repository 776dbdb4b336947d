package cli

const destroyVerb = "undo"

func destroy(l lab, arguments []string) error {
	if err := l.running(); err != nil {
		return err
	}
	command, err := self(destroyVerb, arguments...)
	if err != nil {
		return err
	}
	return l.enter(l.Root, command...)
}

// undo is the inner half of destroy.
func undo(arguments []string) error {
	return here(func(l lab) error { return passed(l.engine().Destroy(arguments)) })
}
