package pulumi

import "bytes"

// What a patch of the program's sets in an object that a controller makes is lost when the controller makes the object
// anew, and the state does not know. So these objects and what they are made for are looked at before an up; the program
// then mends what it finds. Everything else stays as the state has it: a look at all of it is a `pulumi up --refresh`.
const (
	patched  = `"kubernetes:core/v1:ServicePatch"`
	gateways = "urn:**starbase:gateways:Gateways$**"
)

// Up brings the stack up.
func (e Engine) Up() (int, error) {
	lost, err := e.mayBeLost()
	if err != nil {
		return 0, err
	}
	if lost {
		if code, err := e.Run([]string{"refresh", "--yes", "--skip-preview", "--target", gateways}); err != nil || code != 0 {
			return code, err
		}
	}
	// After a failed up the engine shows a page of outputs, as if they were gone, below the reason.
	return e.Run([]string{"up", "--yes", "--skip-preview", "--suppress-outputs"})
}

func (e Engine) mayBeLost() (bool, error) {
	if err := e.Prepare(); err != nil {
		return false, err
	}
	if err := e.prepareStack(); err != nil {
		return false, err
	}
	state, err := e.export()
	return bytes.Contains(state, []byte(patched)), err
}
