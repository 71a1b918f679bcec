package deploy

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The Dockerfile's last stage is empty but for what Telex needs, runs as nobody
// in particular, and asks the worker how it is.
func TestDockerfile(t *testing.T) {
	t.Parallel()
	file := readFile(t, "../Dockerfile")
	_, last, found := strings.Cut(file, "\nFROM scratch\n")
	if !found || strings.Contains(last, "\nFROM ") {
		t.Fatal("the last stage is not FROM scratch")
	}
	for _, want := range []string{
		"\nUSER 65532:65532\n", `CMD ["/worker", "health"]`, "\n" + `ENTRYPOINT ["/worker"]`,
		"/etc/ssl/certs/ca-certificates.crt", "TELEX_STATE=/tmp",
	} {
		if !strings.Contains(last, want) {
			t.Errorf("the last stage has no %q", want)
		}
	}
	version := regexp.MustCompile(`\ngo (\d+\.\d+)`).FindStringSubmatch(readFile(t, "../go.mod"))[1]
	if !strings.Contains(file, "\nFROM golang:"+version) {
		t.Errorf("it builds with another Go than the %s of go.mod", version)
	}
	for _, secret := range []string{"deploy/secrets\n", "**/*.nk\n", "**/*.key\n"} {
		if !strings.Contains(readFile(t, "../.dockerignore"), secret) {
			t.Errorf(".dockerignore does not keep %q out", strings.TrimSpace(secret))
		}
	}
}

// Built as the Dockerfile builds them, the commands need no other file: they are
// static, and read a zone without a table on the machine.
func TestImageCommandsNeedNothing(t *testing.T) {
	t.Parallel()
	if os.Getenv("TELEX_LONG") == "" {
		t.Skip("building everything without cgo takes minutes; TELEX_LONG=1 does")
	}
	build := regexp.MustCompile(`RUN CGO_ENABLED=0 (go build .*) -o /out/ (.*)\n`).FindStringSubmatch(readFile(t, "../Dockerfile"))
	if build == nil {
		t.Fatal("the Dockerfile does not build with CGO_ENABLED=0")
	}
	dir := t.TempDir()
	cmd := exec.Command("sh", "-c", build[1]+` -o "$OUT" `+build[2])
	cmd.Dir, cmd.Env = "..", append(os.Environ(), "CGO_ENABLED=0", "OUT="+dir+"/")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	for _, name := range []string{"worker", "producer"} {
		f, err := elf.Open(filepath.Join(dir, name))
		if err != nil {
			t.Skipf("not an ELF machine: %v", err)
		}
		defer f.Close()
		if libraries, err := f.ImportedLibraries(); len(libraries) > 0 {
			t.Errorf("%s needs %v, %v", name, libraries, err)
		}
		if f.Section(".interp") != nil {
			t.Errorf("%s needs a loader", name)
		}
	}
	run := exec.Command(filepath.Join(dir, "worker"), "annotate", "--zone", "Europe/Brussels", "--published", "2026-11-25", "-")
	run.Env = []string{"ZONEINFO=" + filepath.Join(dir, "none")}
	run.Stdin = strings.NewReader(bericht)
	if out, err := run.CombinedOutput(); err != nil || !strings.Contains(string(out), `"2026-11-24"`) {
		t.Errorf("annotate: %v, %.300s", err, out)
	}
}
