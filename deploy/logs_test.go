package deploy

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// query is one LogQL expression and where it stands.
type query struct{ where, expr string }

func queries(t *testing.T) (out []query) {
	t.Helper()
	var alarms struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations struct{ Summary, Action string }
			}
		}
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "logs/alarms.yaml")), &alarms); err != nil {
		t.Fatalf("read alarms.yaml: %v", err)
	}
	for _, g := range alarms.Groups {
		for _, r := range g.Rules {
			if r.Alert == "" || r.Annotations.Summary == "" || r.Annotations.Action == "" {
				t.Errorf("an alarm without name, summary or action: %+v", r)
			}
			out = append(out, query{r.Alert, r.Expr})
		}
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(readFile(t, "logs/dashboard.json")), &dashboard); err != nil {
		t.Fatalf("read dashboard.json: %v", err)
	}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			out = append(out, query{p.Title, target.Expr})
		}
	}
	if len(out) < 20 {
		t.Fatalf("only %d queries", len(out))
	}
	return out
}

var (
	quoted     = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	unwrapped  = regexp.MustCompile(`unwrap (\w+)`)
	grouped    = regexp.MustCompile(`by \(([\w, ]+)\)`)
	filtered   = regexp.MustCompile(`\| (\w+) ?(?:=|!=|=~|!~)"`)
	eventNames = regexp.MustCompile(`event=~?"([^"]*)"`)
	lineParts  = regexp.MustCompile(`\|= "([^"]*)"`)
	extracted  = regexp.MustCompile(`(\w+)="sources\[`)
)

// Every query is balanced, has a range where one is needed, and names fields,
// events and messages that the commands log.
func TestQueriesNameWhatIsLogged(t *testing.T) {
	t.Parallel()
	code := sources(t)
	for _, q := range queries(t) {
		checkBalance(t, q)
		own := map[string]bool{}
		for _, m := range extracted.FindAllStringSubmatch(q.expr, -1) {
			own[m[1]] = true
		}
		var fields []string
		for _, pattern := range []*regexp.Regexp{unwrapped, grouped, filtered} {
			for _, m := range pattern.FindAllStringSubmatch(q.expr, -1) {
				fields = append(fields, strings.Split(m[1], ", ")...)
			}
		}
		for _, f := range fields {
			if !own[f] && f != "level" && !strings.Contains(code, `"`+f+`"`) {
				t.Errorf("%s: no line has a field %s", q.where, f)
			}
		}
		for _, m := range eventNames.FindAllStringSubmatch(q.expr, -1) {
			for name := range strings.SplitSeq(m[1], "|") {
				if name != "event" && !strings.Contains(code, `"event", "`+name+`"`) {
					t.Errorf("%s: no line has the event %s", q.where, name)
				}
			}
		}
		for _, m := range lineParts.FindAllStringSubmatch(q.expr, -1) {
			if !strings.Contains(code, m[1]) {
				t.Errorf("%s: no line says %q", q.where, m[1])
			}
		}
	}
}

// sources is the code that logs.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range []string{"../internal/worker/*.go", "../internal/producer/*.go", "../internal/stream/*.go", "../cmd/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f, "_test.go") {
				all.WriteString(readFile(t, f))
			}
		}
	}
	return all.String()
}

func checkBalance(t *testing.T, q query) {
	t.Helper()
	bare := quoted.ReplaceAllString(q.expr, "")
	if strings.Contains(bare, `"`) {
		t.Errorf("%s: a quotation mark is open: %s", q.where, q.expr)
	}
	var open []rune
	for _, r := range bare {
		switch r {
		case '(', '[', '{':
			open = append(open, r)
		case ')', ']', '}':
			if len(open) == 0 || !strings.ContainsRune(map[rune]string{')': "(", ']': "[", '}': "{"}[r], open[len(open)-1]) {
				t.Errorf("%s: %c closes nothing: %s", q.where, r, q.expr)
				return
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: %s is open: %s", q.where, string(open), q.expr)
	}
	if over, ranges := strings.Count(bare, "_over_time("), strings.Count(bare, "["); over != ranges {
		t.Errorf("%s: %d functions over time, %d ranges: %s", q.where, over, ranges, q.expr)
	}
}

// jq runs a program of logs/ over log lines.
func jq(t *testing.T, program, lines string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("jq is not on this machine")
	}
	cmd := exec.Command("jq", append(append([]string{"-nRr"}, args...), "-f", filepath.Join("logs", program))...)
	cmd.Stdin = strings.NewReader(lines)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// statsLine is a stats line of a minute past ten.
func statsLine(minute, lag int, sources string) string {
	return fmt.Sprintf(`{"level":"info","worker":"w1","event":"stats","docs_per_s":10,"tokens_per_s":4000.4,"p50_ms":20,"p95_ms":40,"p99_ms":60.5,"lag":%d,"oldest_unread_s":%d,"ack_pending":3,"redelivered":1,"dead":2,"heap_bytes":1,"sources":{%s},"time":"2026-11-25T%02d:%02d:30.123Z","message":"stats"}`+"\n",
		lag, lag/10, sources, 10+minute/60, minute%60)
}

func TestJQ(t *testing.T) {
	t.Parallel()
	var growing, steady, silent strings.Builder
	growing.WriteString("a line of another program\n")
	for m := range 30 {
		growing.WriteString(statsLine(m, 500*m, ""))
		steady.WriteString(statsLine(m, 40, ""))
	}
	for m := range 240 {
		from := `"ad.nl":3`
		if m < 60 {
			from += `,"nos.nl":1`
		}
		silent.WriteString(statsLine(m, 0, from))
	}
	dead := `{"event":"doc.dead","reason":"bad-json","step":"decode","source":"ad.nl","error":"bad-json: x","time":"2026-11-25T10:00:00Z"}` + "\n"
	room := `{"time":"2026-11-25T10:00:00Z","stream":"DOCUMENTS","deleted":7,"message":"settled documents deleted to make room"}` + "\n" +
		`{"time":"2026-11-25T10:00:01Z","stream":"DOCUMENTS","error":"timeout","message":"cannot make room"}` + "\n" +
		`{"time":"2026-11-25T10:00:02Z","level":"error","error":"stream DOCUMENTS is full of documents that no worker has settled","message":"not published"}` + "\n"
	slow := `{"event":"doc.done","ms":5,"doc":"k1","source":"a","bytes":9,"steps":{"layout":1,"tokens":4}}` + "\n" +
		`{"event":"doc.done","ms":50,"doc":"k2","source":"a","bytes":9,"steps":{"layout":41,"tokens":4}}` + "\n"
	for _, tt := range []struct {
		program, lines string
		args           []string
		want           string
	}{
		{"lag.jq", growing.String(), nil, "lag 13500, a quarter of an hour ago 6000, oldest waits 1450 s: GROWING\n"},
		{"lag.jq", growing.String(), []string{"--argjson", "least", "100000"}, "lag 13500, a quarter of an hour ago 6000, oldest waits 1450 s\n"},
		{"lag.jq", steady.String(), nil, "lag 40, a quarter of an hour ago 40, oldest waits 4 s\n"},
		{"silent.jq", silent.String(), nil, "nos.nl: last document 2026-11-25T10:59:30Z, 3 h ago\n"},
		{"silent.jq", silent.String(), []string{"--argjson", "hours", "4"}, ""},
		{"dead.jq", dead + strings.ReplaceAll(dead, "ad.nl", "nos.nl") + dead, nil, "2\tbad-json\tdecode\tad.nl\tbad-json: x\n1\tbad-json\tdecode\tnos.nl\tbad-json: x\n"},
		{"storage.jq", room + dead, nil, "2026-11-25T10:00:00Z\tsettled documents deleted to make room\t7\n2026-11-25T10:00:01Z\tcannot make room\ttimeout\n2026-11-25T10:00:02Z\tnot published\tstream DOCUMENTS is full of documents that no worker has settled\n"},
		{"throughput.jq", statsLine(1, 9, "") + statsLine(1, 9, "") + strings.ReplaceAll(statsLine(1, 9, ""), "w1", "w2"), nil, "2026-11-25T10:01\t20\t8001\t60.5\t9\t6\t3\n"},
		{"slow.jq", slow, nil, "50 ms\tlayout 41 ms\t9 bytes\ta\tk2\n5 ms\ttokens 4 ms\t9 bytes\ta\tk1\n"},
	} {
		if got := jq(t, tt.program, tt.lines, tt.args...); got != tt.want {
			t.Errorf("%s %v:\n got %q\nwant %q", tt.program, tt.args, got, tt.want)
		}
		if got := jq(t, tt.program, ""); strings.Contains(got, "GROWING") {
			t.Errorf("%s without lines: %q", tt.program, got)
		}
	}
	files, err := filepath.Glob("logs/*.jq")
	if err != nil || len(files) != 6 {
		t.Errorf("programs: %v, %v", files, err)
	}
}

// The programs and the queries read what a worker really writes.
func TestQueriesReadARealLog(t *testing.T) {
	t.Parallel()
	run := exec.Command(filepath.Join(tools, "worker"), "run", "--feed", "../examples", "--until-idle", "--log-format", "json")
	var log strings.Builder
	run.Stderr, run.Env = &log, []string{"HOME=" + t.TempDir(), "TMPDIR=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	if err := run.Run(); err != nil {
		t.Fatalf("worker: %v\n%s", err, log.String())
	}
	fields := map[string][]string{}
	for line := range strings.Lines(log.String()) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
		event, _ := entry["event"].(string)
		for name := range entry {
			fields[event] = append(fields[event], name)
		}
	}
	for _, q := range queries(t) {
		for _, m := range unwrapped.FindAllStringSubmatch(q.expr, -1) {
			if m[1] != "docs" && !slices.Contains(fields["stats"], m[1]) {
				t.Errorf("%s unwraps %s; a stats line has %v", q.where, m[1], fields["stats"])
			}
		}
	}
	if out := jq(t, "slow.jq", log.String()); strings.Count(out, "\n") < 15 {
		t.Errorf("slow.jq finds %q", out)
	}
	if out := jq(t, "throughput.jq", log.String()); !strings.Contains(out, "\t") {
		t.Errorf("throughput.jq finds %q", out)
	}
}
