package proxmox

// Action is what a fault does.
type Action string

// What can go wrong: with a request, with a task, with a listing, with a host, with a guest.
const (
	// Reply answers requests with a status and reason instead of doing what they ask.
	Reply Action = "reply"
	// Reset breaks the connection before anything is done; ResetAfter does what was asked and breaks it then.
	Reset      Action = "reset"
	ResetAfter Action = "reset-after"
	// Exit ends tasks with a text instead of doing their work; Warn does the work and ends them with a warning.
	Exit Action = "exit"
	Warn Action = "warn"
	// Slow makes tasks last longer.
	Slow Action = "slow"
	// Lag hides what is new from a listing for a time.
	Lag Action = "lag"
	// Down hosts have no power: nothing runs on them, and nobody answers for them.
	Down Action = "down"
	// Old hosts run the release that Reason says.
	Old Action = "old"
	// Ahead is a clock that is Seconds ahead, or behind when they are negative.
	Ahead Action = "ahead"
	// Build makes the Image Factory take Seconds for what it is asked for the first time.
	Build Action = "build"
	// Without takes a content type from a storage, or a privilege from every token: Reason says which.
	Without Action = "without"
	// Dark machines run and never boot. Deaf machines ignore the power button.
	Dark Action = "dark"
	Deaf Action = "deaf"
)

// Listings that can lag behind.
const (
	inResources   = "cluster/resources"
	inContentList = "content"
)

// Fault is one thing that goes wrong, as often as Times says.
type Fault struct {
	Preset string `json:"preset"`
	Do     Action `json:"do"`
	// Method and Path (a regular expression over the whole path behind /api2/json/) choose requests.
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// Task chooses tasks by type; Listing a listing.
	Task    string `json:"task,omitempty"`
	Listing string `json:"listing,omitempty"`
	// VMID and Node narrow the choice; 0 and "" mean any.
	VMID int    `json:"vmid,omitempty"`
	Node string `json:"node,omitempty"`
	// Times is how often it happens; 0 means until the faults are cleared.
	Times   int     `json:"times,omitempty"`
	Hits    int     `json:"hits"`
	Status  int     `json:"status,omitempty"`
	Reason  string  `json:"reason,omitempty"` // {vmid} stands for the machine's id
	Seconds float64 `json:"seconds,omitempty"`
}
