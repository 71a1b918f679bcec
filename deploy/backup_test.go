package deploy

import (
	"os"
	"os/exec"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

// What the guide says about backups: the administrator saves a stream with the
// nats tool, loses it, and brings it back.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("nats"); err != nil {
		t.Skip("the nats tool is not on this machine")
	}
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init"}, s.as("admin")...)...)
	publisher, _ := s.connect(t, "publisher_local")
	js, err := jetstream.New(publisher)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if _, err := js.Publish(t.Context(), "documents.local", make([]byte, 5000)); err != nil {
			t.Fatal(err)
		}
	}
	admin, _ := s.connect(t, "admin")
	tool := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "nats", append([]string{"--server", s.url(), "--tlsca", s.path("certs", "ca.pem"),
			"--nkey", s.path("keys", "admin.nk"), "--inbox-prefix", "_INBOX_admin"}, args...)...)
		cmd.Env = []string{"HOME=" + s.dir, "PATH=" + os.Getenv("PATH")}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("nats %v: %v\n%s", args, err, out)
		}
	}
	tool("stream", "backup", stream.Documents, s.path("saved"), "--no-progress")
	ajs, err := jetstream.New(admin)
	if err != nil {
		t.Fatal(err)
	}
	if err := ajs.DeleteStream(t.Context(), stream.Documents); err != nil {
		t.Fatal(err)
	}
	tool("stream", "restore", s.path("saved"), "--no-progress")
	if got := stateOf(t, admin, stream.Documents); got.Msgs != 10 || got.LastSeq != 10 {
		t.Errorf("brought back: %+v", got)
	}
	s.must(t, "", "worker", append([]string{"init"}, s.as("admin")...)...) // finds nothing to differ
}
