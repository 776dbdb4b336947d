// Package traffic asks the lab's pages as a person's browser on the LAN would: by name, through the name server, ARP and
// the Gateways' real Envoys.
package traffic

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"syscall"
	"time"
)

// patience is how long one request may take.
const patience = 5 * time.Second

// Answer is what became of one request.
type Answer struct {
	// Address is whom the name led to; empty when it led to nobody.
	Address string
	// Status is HTTP's; 0 when there was no answer, Problem says why then.
	Status  int
	Took    time.Duration
	Problem string
}

// Flows says that a page answered: neither nobody, nor a Gateway that knows no route or no backend for the name yet.
func (a Answer) Flows() bool {
	return a.Status != 0 && a.Status != http.StatusNotFound && a.Status < http.StatusInternalServerError
}

// String is the answer in a table's cell.
func (a Answer) String() string {
	if a.Status == 0 {
		return a.Problem
	}
	return fmt.Sprintf("%d in %d ms", a.Status, a.Took.Milliseconds())
}

// Ask asks once, over a connection of its own. Redirects are answers.
func Ask(ctx context.Context, url string, roots *x509.CertPool) Answer {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var a Answer
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectStart: func(_, address string) { a.Address, _, _ = net.SplitHostPort(address) },
	})
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return Answer{Problem: err.Error()}
	}
	transport := &http.Transport{DisableKeepAlives: true, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots}}
	begun := time.Now()
	response, err := transport.RoundTrip(request)
	if err == nil {
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	a.Took = time.Since(begun)
	if err != nil {
		a.Problem = problem(err)
		return a
	}
	a.Status = response.StatusCode
	return a
}

// problem says briefly what a person has to know of an error.
func problem(err error) string {
	var unknown *net.DNSError
	var untrusted x509.UnknownAuthorityError
	switch {
	case errors.As(err, &unknown):
		return "no such name"
	case errors.As(err, &untrusted):
		return "a certificate that is not the Gateway's"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.Is(err, syscall.EHOSTUNREACH):
		return "nobody has the address"
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("no answer in %s", patience)
	}
	return err.Error()
}
