package outside

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// Serve answers on the listener, which Listen has made, until ctx ends; the listener is closed then. It returns nil when ctx ended it.
func (w *World) Serve(ctx context.Context, listener net.Listener) error {
	file, err := os.OpenFile(w.AccessLog(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		listener.Close()
		return fmt.Errorf("the outside world's access log: %w", err)
	}
	defer file.Close()
	log := slog.New(slog.NewTextHandler(file, nil))
	server := &http.Server{
		Handler:           w.logged(log),
		TLSConfig:         &tls.Config{GetCertificate: w.authority.CertificateFor, MinVersion: tls.VersionTLS12},
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 30 * time.Second,
	}
	// Requests in flight are cut off: whoever ends the world ends the lab.
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("the outside world: %w", err)
	}
	return nil
}

// ServeHTTP leads a request to its host's site.
func (w *World) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	site, ok := w.sites[hostOf(r)]
	if !ok {
		notHere(out, r)
		return
	}
	site.ServeHTTP(out, r)
}

func (w *World) logged(log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		seen := &statusWriter{ResponseWriter: out, status: http.StatusOK}
		w.ServeHTTP(seen, r)
		if seen.status == http.StatusNotFound {
			w.absent.add(r)
		}
		log.Info("request", "status", seen.status, "method", r.Method, "host", hostOf(r), "path", r.URL.Path, "from", r.RemoteAddr,
			"agent", r.UserAgent())
	})
}

// statusWriter remembers the answer's status for the log.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// hostOf is the name that was asked for, without a port, in lower case.
func hostOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil { // no port, as in most requests
		host = r.Host
	}
	return strings.ToLower(host)
}
