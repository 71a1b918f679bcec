package deploy

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unit gives the settings of a unit, each with all its values.
func unit(t *testing.T, path string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for line := range strings.Lines(readFile(t, path)) {
		line = strings.TrimSpace(line)
		key, value, found := strings.Cut(line, "=")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		out[key] = append(out[key], value)
	}
	return out
}

// The units name files, flags and variables that exist, and are hardened.
func TestUnits(t *testing.T) {
	t.Parallel()
	worker := unit(t, "systemd/worker@.service")
	if got := worker["ExecStart"]; len(got) != 1 || got[0] != "/usr/local/bin/worker run" {
		t.Errorf("the worker's command is %v", got)
	}
	help := helpOf(t, "worker", []string{"run"})
	for _, e := range worker["Environment"] {
		name, value, _ := strings.Cut(e, "=")
		if !strings.Contains(help, "$"+name) {
			t.Errorf("worker@.service sets %s, which the worker does not read", name)
		}
		if credential, found := strings.CutPrefix(value, "%d/"); found && !strings.Contains(strings.Join(worker["LoadCredential"], " "), credential+":") {
			t.Errorf("worker@.service does not load %s", credential)
		}
	}
	nats := unit(t, "systemd/nats.service")
	if got := nats["ExecStart"]; len(got) != 1 || !strings.Contains(got[0], "--config /etc/nats/cluster.conf") {
		t.Errorf("the server's command is %v", got)
	}
	for name, settings := range map[string]map[string][]string{"nats.service": nats, "worker@.service": worker} {
		for _, want := range []string{"NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "CapabilityBoundingSet=", "SystemCallFilter=@system-service", "Restart=always"} {
			key, value, _ := strings.Cut(want, "=")
			if got := settings[key]; len(got) != 1 || got[0] != value {
				t.Errorf("%s: %s is %v, not %q", name, key, got, value)
			}
		}
	}
}

// systemd itself, where it is there, finds nothing wrong but that the commands
// are not installed here.
func TestSystemdTakesTheUnits(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not on this machine")
	}
	dir := t.TempDir()
	for from, to := range map[string]string{"nats.service": "nats.service", "worker@.service": "worker@1.service"} {
		text := readFile(t, "systemd/"+from)
		for _, command := range []string{"/usr/local/bin/worker", "/usr/local/bin/nats-server"} {
			text = strings.ReplaceAll(text, command, "/bin/true")
		}
		if err := os.WriteFile(filepath.Join(dir, to), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("systemd-analyze", "verify", filepath.Join(dir, "nats.service"), filepath.Join(dir, "worker@1.service")).CombinedOutput()
	if err != nil || strings.Contains(string(out), dir) || strings.Contains(string(out), "Unknown") {
		t.Errorf("systemd-analyze: %v\n%s", err, out)
	}
}
