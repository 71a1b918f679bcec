package faulttest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is one child: a server, a worker, or both in one. What it writes to
// standard output is the protocol with the harness, a line per fact ("ready
// URL"); standard error is its log, of which the tail is kept.
type process struct {
	name  string
	cmd   *exec.Cmd
	input io.Closer   // closing it, or the death of the harness, ends the child
	ready chan string // receives the word after "ready"
	done  chan struct{}

	mu   sync.Mutex
	tail []string
}

const (
	tailLines   = 40               // of a child's log that are kept
	startWithin = 90 * time.Second // for a child to be ready, on a busy machine with the race detector, or while a cluster has no leader
)

// startProcess runs the test binary again in the role that the settings name.
func startProcess(t testing.TB, name string, c childConfig) *process {
	t.Helper()
	settings, err := json.Marshal(c)
	if err != nil {
		t.Fatalf("settings of %s: %v", name, err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(settings))
	return startCommand(t, name, cmd)
}

func startCommand(t testing.TB, name string, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{name: name, cmd: cmd, ready: make(chan string, 1), done: make(chan struct{})}
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	p.input = input
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	errRead, errWrite, err := os.Pipe()
	if err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	cmd.Stdout, cmd.Stderr = outWrite, errWrite
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	outWrite.Close()
	errWrite.Close()
	var readers sync.WaitGroup
	readers.Go(func() { p.obey(outRead) })
	readers.Go(func() { p.keepTail(errRead) })
	go func() {
		cmd.Wait()
		readers.Wait()
		close(p.done)
	}()
	t.Cleanup(p.kill)
	return p
}

// obey reads the child's side of the protocol.
func (p *process) obey(out io.ReadCloser) {
	defer out.Close()
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		verb, rest, _ := strings.Cut(lines.Text(), " ")
		if verb != "ready" {
			continue
		}
		select {
		case p.ready <- rest:
		default: // said twice; once is enough
		}
	}
	io.Copy(io.Discard, out)
}

func (p *process) keepTail(log io.ReadCloser) {
	defer log.Close()
	lines := bufio.NewScanner(log)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.mu.Lock()
		p.tail = append(p.tail, lines.Text())
		if len(p.tail) > tailLines {
			p.tail = p.tail[1:]
		}
		p.mu.Unlock()
	}
	io.Copy(io.Discard, log)
}

// log gives the last lines of the child's log, for failures.
func (p *process) log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprintf("--- log of %s ---\n%s", p.name, strings.Join(p.tail, "\n"))
}

// awaitReady gives what the child said with "ready".
func (p *process) awaitReady(t testing.TB) string {
	t.Helper()
	select {
	case word := <-p.ready:
		return word
	case <-p.done:
		t.Fatalf("%s ended before it was ready: %v\n%s", p.name, p.cmd.ProcessState, p.log())
	case <-time.After(startWithin):
		t.Fatalf("%s was not ready within %s\n%s", p.name, startWithin, p.log())
	}
	return ""
}

// awaitExit gives the exit code, -1 for a child that a signal ended.
func (p *process) awaitExit(t testing.TB, within time.Duration) int {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(within):
		p.signal(syscall.SIGQUIT) // its goroutines go to the log
		select {
		case <-p.done:
		case <-time.After(2 * time.Second):
		}
		t.Fatalf("%s did not end within %s\n%s", p.name, within, p.log())
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) signal(s syscall.Signal) { p.cmd.Process.Signal(s) }

// kill is kill -9, and returns when the child is gone. It may be called again.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.done
	p.input.Close()
}

// gone tells whether the child has ended.
func (p *process) gone() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}
