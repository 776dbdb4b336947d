package proxmox

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
)

const server = "pve-api-daemon/3.0"

// answer writes what a handler returned: {"data": …}, or the failure with its reason phrase.
func answer(w http.ResponseWriter, data any, err error) error {
	if err != nil {
		return answerFailure(w, err)
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Server", server)
	return json.NewEncoder(w).Encode(map[string]any{"data": data})
}

// answerFailure takes over the connection: net/http has no way to send a reason phrase of one's own.
func answerFailure(w http.ResponseWriter, err error) error {
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{status: http.StatusInternalServerError, reason: err.Error()}
	}
	content := map[string]any{"data": nil, "message": f.reason + "\n"}
	if f.fields != nil {
		content["errors"] = f.fields
	}
	body, err := json.Marshal(content)
	if err != nil {
		return err
	}
	conn, buffer, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return fmt.Errorf("the reply needs HTTP/1.1: %w", err)
	}
	defer conn.Close()
	return writeRaw(buffer.Writer, f, body)
}

func writeRaw(w *bufio.Writer, f *failure, body []byte) error {
	// A phrase ends at the line's end; what Perl adds after it goes into the message only.
	phrase, _, _ := strings.Cut(f.reason, "\n")
	fmt.Fprintf(w, "HTTP/1.1 %d %s\r\nServer: %s\r\nContent-Type: application/json;charset=UTF-8\r\n", f.status, phrase, server)
	fmt.Fprintf(w, "Content-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body)
	return w.Flush()
}

// reset breaks the connection the way a host that goes down does: no reply, a TCP reset.
func reset(w http.ResponseWriter) error {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return err
	}
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	if plain, ok := conn.(*net.TCPConn); ok {
		if err := plain.SetLinger(0); err != nil {
			return err
		}
	}
	return conn.Close()
}

// reasonOf is what the event log says about a reply.
func reasonOf(err error) (status int, reason string) {
	var f *failure
	switch {
	case err == nil:
		return http.StatusOK, ""
	case errors.As(err, &f):
		for _, name := range slices.Sorted(maps.Keys(f.fields)) {
			return f.status, f.reason + " " + name + ": " + f.fields[name]
		}
		return f.status, f.reason
	default:
		return http.StatusInternalServerError, err.Error()
	}
}
