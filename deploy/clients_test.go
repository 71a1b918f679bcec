package deploy

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"telex/internal/source"
)

// client is one of the examples in examples/clients, ready to be run.
type client struct {
	name string
	make func(t *testing.T) []string // its command; skips where something is not on the machine
}

var clients = []client{
	{"go", func(t *testing.T) []string {
		bin := filepath.Join(t.TempDir(), "client")
		if out, err := exec.Command("go", "build", "-o", bin, "telex/examples/clients/go").CombinedOutput(); err != nil {
			t.Fatalf("build: %v\n%s", err, out)
		}
		return []string{bin}
	}},
	{"python", func(t *testing.T) []string {
		python, err := exec.LookPath("python3")
		if err != nil {
			t.Skip("python3 is not on this machine")
		}
		if out, err := exec.Command(python, "-c", "import nats.aio.client, nkeys").CombinedOutput(); err != nil {
			t.Skipf("nats-py[nkeys] is not on this machine: %.200s", out)
		}
		return []string{python, "-B", example(t, "python/telex.py")}
	}},
	{"javascript", nodeClient},
	{"nats tool", func(t *testing.T) []string {
		if _, err := exec.LookPath("nats"); err != nil {
			t.Skip("the nats tool is not on this machine")
		}
		return []string{"bash", example(t, "nats/telex.sh")}
	}},
}

func example(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("../examples/clients", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// nodeClient copies the program beside the libraries, as its README says.
// NODE_PATH names the folder where npm put them.
func nodeClient(t *testing.T) []string {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not on this machine")
	}
	for _, modules := range filepath.SplitList(os.Getenv("NODE_PATH")) {
		if _, err := os.Stat(filepath.Join(modules, "@nats-io", "jetstream")); err != nil {
			continue
		}
		dir := t.TempDir()
		if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "telex.mjs")
		if err := os.WriteFile(file, []byte(readFile(t, example(t, "javascript/telex.mjs"))), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{node, file}
	}
	t.Skip("@nats-io/transport-node and @nats-io/jetstream are in no folder of NODE_PATH")
	return nil
}

// Each client publishes, follows and reads with the rights of accounts.conf.
func TestClients(t *testing.T) {
	t.Parallel()
	s := oneServer(t, nil)
	s.must(t, "", "worker", append([]string{"init", "--reader", "example=articles.>"}, s.as("admin")...)...)
	s.worker(t)
	for i, c := range clients {
		t.Run(c.name, func(t *testing.T) {
			command := c.make(t)
			text := fmt.Sprintf("Bericht %d. %s", 100+i, bericht)
			s.write(t, "article.txt", text)
			following := s.client(t, "reader_example", command, "follow", "live.articles.nl.*", "1")
			var followed bytes.Buffer
			following.Stdout, following.Stderr = &followed, &followed
			if err := following.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = following.Process.Kill() })
			eventually(t, "the client listens", func() bool {
				return strings.Contains(s.monitor(t, "/connz?subs=1&acc=READER_EXAMPLE"), "live.articles.nl.*")
			})
			for _, want := range []string{"tored", "before|uplicate"} {
				out, err := s.client(t, "publisher_local", command, "publish", "local", s.path("article.txt")).CombinedOutput()
				if first, second, _ := strings.Cut(want, "|"); err != nil || !strings.Contains(string(out), first) && (second == "" || !strings.Contains(string(out), second)) {
					t.Fatalf("publish: want %q, got %v, %s", want, err, out)
				}
			}
			if err := following.Wait(); err != nil || !strings.Contains(followed.String(), fmt.Sprint("Bericht ", 100+i)) {
				t.Errorf("follow: %v, %.500s", err, followed.String())
			}
			out, err := s.client(t, "reader_example", command, "read", "example", "1").CombinedOutput()
			if err != nil || !strings.Contains(string(out), fmt.Sprint("Bericht ", 100+i)) {
				t.Errorf("read: %v, %.500s", err, out)
			}
		})
	}
}

// client runs a client as one of the users.
func (s *site) client(t *testing.T, user string, command []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], append(command[1:], args...)...)
	cmd.Dir = s.dir
	cmd.Env = []string{
		"HOME=" + s.dir, "PATH=" + os.Getenv("PATH"), "NATS_URL=" + s.url(), "NATS_CA=" + s.path("certs", "ca.pem"),
		"NATS_NKEY=" + s.path("keys", user+".nk"), "NATS_INBOX_PREFIX=_INBOX_" + user, "NATS_API_PREFIX=" + readerAPI,
	}
	return cmd
}

// The clients stand in a folder that is fed: none of their files may be taken
// for a document.
func TestClientsAreNoDocuments(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for item := range source.Read(t.Context(), source.Input{Paths: []string{"../examples"}}) {
		if strings.Contains(item.Name, "clients") || item.Err != nil {
			t.Errorf("%s would be published (%v)", item.Name, item.Err)
		}
		names[item.Name] = true
	}
	if len(names) < 15 {
		t.Errorf("only %d examples are read", len(names))
	}
}
