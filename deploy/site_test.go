package deploy

import (
	"bufio"
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/stream"
)

// tools holds both commands, built once.
var tools string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "telex-deploy-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	tools = dir
	build := exec.Command("go", "build", "-o", dir, "telex/cmd/worker", "telex/cmd/producer")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// users are those of accounts.conf.
var users = []string{"system", "admin", "worker", "intake", "publisher_local", "reader_example"}

// site is a folder as an operator has it under /etc/nats, and the servers that
// run from its files.
type site struct {
	dir     string
	servers []*server.Server
}

// newSite copies the files of deploy/nats and makes certificates and keys. A
// server without permissions to the places that the files name could not run
// here, so the two places are moved into the folder; change may alter the files more.
func newSite(t *testing.T, change func(string) string) *site {
	t.Helper()
	s := &site{dir: t.TempDir()}
	files, err := filepath.Glob("nats/*.conf")
	if err != nil || len(files) == 0 {
		t.Fatalf("find the configuration: %v, %v", files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), "/etc/nats/certs", s.path("certs"))
		if change != nil {
			text = change(text)
		}
		s.write(t, filepath.Base(f), text)
	}
	s.certs(t, nil, "server", "localhost,127.0.0.1")
	keys := s.run(t, "", "worker", append([]string{"nkey", "--dir", s.path("keys")}, users...)...)
	if keys.code != 0 {
		t.Fatalf("make keys: %s", keys.stderr)
	}
	s.write(t, "keys.conf", keys.stdout)
	return s
}

func (s *site) path(names ...string) string {
	return filepath.Join(append([]string{s.dir}, names...)...)
}

func (s *site) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// certs runs certs.sh.
func (s *site) certs(t *testing.T, env []string, args ...string) {
	t.Helper()
	for _, tool := range []string{"bash", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not on this machine: %v", tool, err)
		}
	}
	if out, err := s.certsOutput(append(env, args...)...); err != nil {
		t.Fatalf("certs.sh %v: %v\n%s", args, err, out)
	}
}

// certsOutput runs certs.sh; arguments with an equals sign before the others are
// its environment.
func (s *site) certsOutput(args ...string) (string, error) {
	env := os.Environ()
	for len(args) > 0 && strings.Contains(args[0], "=") {
		env, args = append(env, args[0]), args[1:]
	}
	cmd := exec.Command("bash", append([]string{"certs.sh", s.path("certs")}, args...)...)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (s *site) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(s.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (s *site) mode(t *testing.T, name string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(s.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func (s *site) certificate(t *testing.T, name string) *x509.Certificate {
	t.Helper()
	block, _ := pem.Decode([]byte(s.read(t, name)))
	if block == nil {
		t.Fatalf("%s is not PEM", name)
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return cert
}

// environment guards the variable that the files take a server's name from.
var environment sync.Mutex

// load reads a configuration as nats-server would, and moves it to ports of this machine.
func (s *site) load(t *testing.T, file, name string) *server.Options {
	t.Helper()
	environment.Lock()
	defer environment.Unlock()
	if err := os.Setenv("NATS_NAME", name); err != nil {
		t.Fatal(err)
	}
	opts, err := server.ProcessConfigFile(s.path(file))
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	opts.Host, opts.Port = "127.0.0.1", server.RANDOM_PORT
	opts.HTTPHost, opts.HTTPPort = "127.0.0.1", server.RANDOM_PORT
	opts.StoreDir, opts.NoSigs = s.path("data-"+name), true
	return opts
}

func (s *site) start(t *testing.T, opts *server.Options) *server.Server {
	t.Helper()
	ns, err := server.NewServer(opts)
	if err != nil {
		t.Fatalf("make server %s: %v", opts.ServerName, err)
	}
	ns.Start()
	t.Cleanup(func() { ns.Shutdown(); ns.WaitForShutdown() })
	s.servers = append(s.servers, ns)
	return ns
}

// oneServer runs one.conf.
func oneServer(t *testing.T, change func(string) string) *site {
	t.Helper()
	s := newSite(t, change)
	if ns := s.start(t, s.load(t, "one.conf", "nats-0")); !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server is not ready")
	}
	return s
}

// threeServers runs cluster.conf three times.
func threeServers(t *testing.T) *site {
	t.Helper()
	s := newSite(t, nil)
	ports := [3]int{}
	var routes []*url.URL
	for i := range ports {
		ports[i] = freePort(t)
		routes = append(routes, &url.URL{Scheme: "nats-route", Host: fmt.Sprintf("127.0.0.1:%d", ports[i])})
	}
	for i, port := range ports {
		opts := s.load(t, "cluster.conf", fmt.Sprintf("nats-%d", i))
		if len(opts.Routes) != len(ports) {
			t.Fatalf("cluster.conf has the routes %v", opts.Routes)
		}
		opts.Cluster.Host, opts.Cluster.Port, opts.Routes = "127.0.0.1", port, routes
		s.start(t, opts)
	}
	for _, ns := range s.servers {
		eventually(t, "the cluster is whole", func() bool {
			return ns.ReadyForConnections(time.Second) && ns.NumRoutes() > 0 && ns.JetStreamIsCurrent()
		})
	}
	return s
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// eventually waits for a state that the servers reach by themselves.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("not within 30 s: %s", what)
}

// url names all servers.
func (s *site) url() string {
	var all []string
	for _, ns := range s.servers {
		all = append(all, "tls://"+ns.Addr().String())
	}
	return strings.Join(all, ",")
}

// as are the flags with which a command is one of the users.
func (s *site) as(user string) []string {
	return []string{
		"--nats", s.url(), "--tls-ca", s.path("certs", "ca.pem"),
		"--nkey", s.path("keys", user+".nk"), "--inbox-prefix", "_INBOX_" + user,
	}
}

// connect makes a connection as one of the users. What the server refuses comes
// on the channel.
func (s *site) connect(t *testing.T, user string, more ...nats.Option) (*nats.Conn, <-chan error) {
	t.Helper()
	key, err := nats.NkeyOptionFromSeed(s.path("keys", user+".nk"))
	if err != nil {
		t.Fatal(err)
	}
	refused := make(chan error, 100)
	options := append([]nats.Option{
		key, nats.RootCAs(s.path("certs", "ca.pem")), nats.CustomInboxPrefix("_INBOX_" + user), nats.MaxReconnects(-1),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			select {
			case refused <- err:
			default:
			}
		}),
	}, more...)
	nc, err := nats.Connect(s.url(), options...)
	if err != nil {
		t.Fatalf("connect as %s: %v", user, err)
	}
	t.Cleanup(nc.Close)
	return nc, refused
}

func stateOf(t *testing.T, admin *nats.Conn, name string) jetstream.StreamState {
	t.Helper()
	js, err := jetstream.New(admin)
	if err != nil {
		t.Fatal(err)
	}
	st, err := js.Stream(t.Context(), name)
	if err != nil {
		t.Fatalf("look at stream %s: %v", name, err)
	}
	return st.CachedInfo().State
}

// result is what a finished command left.
type result struct {
	code           int
	stdout, stderr string
}

// run runs a tool with an environment of its own.
func (s *site) run(t *testing.T, stdin, name string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(tools, name), args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"HOME=" + s.dir, "PATH=" + os.Getenv("PATH")}
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// must runs a tool that must succeed.
func (s *site) must(t *testing.T, stdin, name string, args ...string) string {
	t.Helper()
	r := s.run(t, stdin, name, args...)
	if r.code != 0 {
		t.Fatalf("%s %v: exit %d, %s", name, args, r.code, r.stderr)
	}
	return r.stdout
}

// background is a worker that runs beside the test.
type background struct {
	cmd   *exec.Cmd
	lines chan string
	seen  []string
}

// worker starts a worker as the user of that name and waits until it is ready.
func (s *site) worker(t *testing.T, args ...string) *background {
	t.Helper()
	args = append(append([]string{"run", "--log-format", "json"}, s.as("worker")...), args...)
	return s.launch(t, []string{"HOME=" + s.dir}, args...)
}

// launch starts a worker with an environment and waits until it is ready.
func (s *site) launch(t *testing.T, env []string, args ...string) *background {
	t.Helper()
	cmd := exec.Command(filepath.Join(tools, "worker"), args...)
	cmd.Dir, cmd.Env = s.dir, env
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	b := &background{cmd: cmd, lines: make(chan string, 10_000)}
	go func() {
		for scan := bufio.NewScanner(out); scan.Scan(); {
			b.lines <- scan.Text()
		}
		close(b.lines)
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	b.await(t, `"event":"worker.ready"`)
	return b
}

// await reads the log up to a line that holds part.
func (b *background) await(t *testing.T, part string) string {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case line, open := <-b.lines:
			if !open {
				t.Fatalf("ended before %q:\n%s", part, strings.Join(b.seen, "\n"))
			}
			if b.seen = append(b.seen, line); strings.Contains(line, part) {
				return line
			}
		case <-timeout:
			t.Fatalf("no %q within a minute:\n%s", part, strings.Join(b.seen, "\n"))
		}
	}
}

// stop drains the worker and gives its exit code.
func (b *background) stop(t *testing.T) int {
	t.Helper()
	if err := b.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	b.await(t, "drain.done")
	for line := range b.lines {
		b.seen = append(b.seen, line)
	}
	_ = b.cmd.Wait() // the code says it
	return b.cmd.ProcessState.ExitCode()
}

// monitor asks the monitoring port of the first server.
func (s *site) monitor(t *testing.T, path string) string {
	t.Helper()
	r, err := http.Get("http://" + s.servers[0].MonitorAddr().String() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// consumersOf lists the consumers of the workers.
func consumersOf(t *testing.T, admin *nats.Conn) (out []*jetstream.ConsumerInfo) {
	t.Helper()
	js, err := jetstream.New(admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{stream.Documents, stream.Advisories} {
		st, err := js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for info := range st.ListConsumers(t.Context()).Info() {
			out = append(out, info)
		}
	}
	return out
}
