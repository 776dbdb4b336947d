package pulumi

import (
	"strings"
	"testing"
)

func TestACommandLineIsUnderstoodAsFarAsItMatters(t *testing.T) {
	for line, want := range map[string]call{
		"up":                            {verb: "up", ofStack: true, writes: true},
		"up --yes --skip-preview":       {verb: "up", ofStack: true, writes: true},
		"--color never preview --diff":  {verb: "preview", ofStack: true},
		"--color=never destroy":         {verb: "destroy", ofStack: true, writes: true},
		"stack output gatewayAddresses": {verb: "stack"},
		"config set starbase:x y":       {verb: "config"},
		"up --stack other":              {verb: "up"},
		"up -sother":                    {verb: "up"},
		"-C elsewhere up":               {},
		"up --config-file=mine.yaml":    {verb: "up"},
		"up --help":                     {verb: "up"},
		"up --skip-preview --suppress":  {verb: "up", ofStack: true, writes: true},
		"":                              {},
	} {
		if got := understand(strings.Fields(line)); got != want {
			t.Errorf("pulumi %s: got %+v, want %+v", line, got, want)
		}
	}
}
