package proxmox

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"testing"
)

// imageServer serves the beginning of a qcow2 image of a disk of 2 GiB at /talos.qcow2, and nothing else.
func imageServer(t *testing.T) (address, sum string) {
	data := make([]byte, 1000)
	copy(data, "QFI\xfb")
	binary.BigEndian.PutUint64(data[24:], 2<<30)
	mux := http.NewServeMux()
	mux.HandleFunc("/talos.qcow2", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	digest := sha256.Sum256(data)
	return server.URL, hex.EncodeToString(digest[:])
}

const downloads = "nodes/pve1/storage/local/download-url"

func TestADownloadIsFetchedAndSummed(t *testing.T) {
	p := newPVE(t, Options{})
	address, sum := imageServer(t)
	p.ok("POST", downloads, "content=import", "filename=t.qcow2", "url="+address+"/talos.qcow2", "checksum="+sum, "checksum-algorithm=sha256")
	v := p.volume("pve1", "local:import/t.qcow2")
	same(t, []any{v.Size, v.Virtual, v.Format, v.Checksum, v.URL}, []any{1000, 2 * gib, "qcow2", sum, address + "/talos.qcow2"})
	same(t, p.ask("GET", "nodes/pve1/storage/local/content", "content=import").Data,
		[]any{map[string]any{"volid": "local:import/t.qcow2", "content": "import", "format": "qcow2", "size": 1000}})
	same(t, p.ask("GET", "nodes/pve1/storage/local/content/local:import%2Ft.qcow2").Data.(map[string]any)["path"], "/var/lib/vz/import/t.qcow2")
	same(t, p.ask("GET", "nodes/pve2/storage/local/content", "content=import").Data, []any{})
	p.ok("DELETE", "nodes/pve1/storage/local/content/local:import%2Ft.qcow2")
	same(t, len(p.State().Volumes), 0)
}

func TestAFileWithAnotherChecksumIsNotKept(t *testing.T) {
	p := newPVE(t, Options{})
	address, sum := imageServer(t)
	exit := p.task("POST", downloads, "content=import", "filename=t.qcow2", "url="+address+"/talos.qcow2", "checksum=00", "checksum-algorithm=sha256")
	same(t, exit, "checksum mismatch: got '"+sum+"' != expect '00'")
	same(t, len(p.State().Volumes), 0)
}

func TestAFileThatIsThereIsKeptOnlyWhenItsChecksumFits(t *testing.T) {
	p := newPVE(t, Options{})
	address, sum := imageServer(t)
	params := []string{"content=import", "filename=t.qcow2", "url=" + address + "/talos.qcow2"}
	p.ok("POST", downloads, params...)
	same(t, p.task("POST", downloads, params...), "refusing to override existing file '/var/lib/vz/import/t.qcow2'")
	p.ok("POST", downloads, append(params, "checksum="+sum, "checksum-algorithm=sha256")...)
	same(t, p.task("POST", downloads, append(params, "checksum=00", "checksum-algorithm=sha256")...), "mismatch: got '"+sum+"' != expect '00', aborting")
}

func TestAnAddressThatServesNothingFailsTheDownload(t *testing.T) {
	p := newPVE(t, Options{})
	address, _ := imageServer(t)
	same(t, p.task("POST", downloads, "content=import", "filename=t.qcow2", "url="+address+"/absent"), "download failed: ERROR 404 Not Found")
	same(t, p.ask("GET", "nodes/pve1/query-url-metadata", "url="+address+"/absent").Reason, "invalid server response: '404 Not Found'")
	same(t, p.ask("GET", "nodes/pve1/query-url-metadata", "url="+address+"/talos.qcow2").Data,
		map[string]any{"filename": "talos.qcow2", "mimetype": "application/octet-stream", "size": 1000})
}

func TestAContentTypeMustFitTheStorageAndTheFile(t *testing.T) {
	p := newPVE(t, Options{})
	same(t, p.ask("POST", "nodes/pve1/storage/local-lvm/download-url", "content=import", "filename=t.qcow2", "url=x").Reason,
		"storage 'local-lvm' is not configured for content type 'import'")
	same(t, p.ask("POST", downloads, "content=import", "filename=t.iso", "url=x").Errors, map[string]string{"filename": "wrong file extension"})
}
