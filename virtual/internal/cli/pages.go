package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"starbase.example/virtual/internal/report"
	"starbase.example/virtual/internal/traffic"
)

// untilItFlows is how long pages may take to answer: between "the route is accepted" and "Envoy knows it" lie seconds, on
// a busy machine some more.
const untilItFlows = 20 * time.Second

// pages shows how each page of the lab answers a client on the LAN.
func (l lab) pages() error {
	config, err := l.cluster()
	if err != nil {
		return err
	}
	pages, err := traffic.Pages(context.Background(), config, untilItFlows)
	if err != nil {
		return err
	}
	rows := make([][]string, len(pages))
	for i, p := range pages {
		rows[i] = []string{p.Host, cmp.Or(p.HTTPS.Address, p.HTTP.Address, "-"), p.HTTP.String(), p.HTTPS.String()}
	}
	fmt.Println("\nWhat a client on the LAN gets")
	return report.Table(os.Stdout, []string{"HOST", "AT", "HTTP", "HTTPS"}, rows)
}
