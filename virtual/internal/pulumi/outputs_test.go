package pulumi

import "testing"

var someOutputs = map[string]any{
	"zone": "a.example. 300 IN A 192.168.1.102\n<end>", "gatewayAddresses": map[string]any{"internal": "192.168.1.101"},
	"count": float64(2), "token": "[secret]",
}

func TestAStringIsPrintedAsItIsAndAnythingElseAsJSON(t *testing.T) {
	for _, c := range []struct {
		name   string
		asJSON bool
		want   string
	}{
		{"zone", false, "a.example. 300 IN A 192.168.1.102\n<end>"},
		{"zone", true, `"a.example. 300 IN A 192.168.1.102\n<end>"`},
		{"gatewayAddresses", false, "{\n  \"internal\": \"192.168.1.101\"\n}"},
		{"count", false, "2"},
	} {
		if got, err := Print(someOutputs, c.name, c.asJSON); err != nil || got != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestASecretIsNotPrintedAndSaysHowToSeeIt(t *testing.T) {
	_, err := Print(someOutputs, "token", false)
	if want := `output "token" is a secret: add --show-secrets to see it`; err == nil || err.Error() != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}

func TestAnUnknownOutputIsAnsweredWithTheKnownOnes(t *testing.T) {
	_, err := Print(someOutputs, "zones", false)
	if want := `there is no output "zones". Outputs: count, gatewayAddresses, token, zone`; err == nil || err.Error() != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}
