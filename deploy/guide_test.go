package deploy

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The guide's commands have the flags that it gives them, and it speaks of every
// event, reason, user and alarm there is.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide := readFile(t, "README.md")
	flag := regexp.MustCompile(` (--[a-z-]+)`)
	checked := 0
	for line := range strings.Lines(guide) {
		command, args, found := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(line, "    ") || !found || command != "worker" && command != "producer" {
			continue
		}
		help := helpOf(t, command, strings.Fields(args)) + " "
		for _, m := range flag.FindAllStringSubmatch(" "+args, -1) {
			checked++
			if !strings.Contains(help, m[1]+"=") && !strings.Contains(help, m[1]+" ") {
				t.Errorf("%s has no flag %s: %s", command, m[1], line)
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d flags were checked", checked)
	}
	want := userVariables(t)
	code := sources(t)
	for _, m := range regexp.MustCompile(`"event", "([a-z.]+)"`).FindAllStringSubmatch(code, -1) {
		want = append(want, m[1])
	}
	for _, m := range regexp.MustCompile(`Reason = "([a-z0-9-]+)"`).FindAllStringSubmatch(readFile(t, "../internal/document/refusal.go"), -1) {
		want = append(want, m[1])
	}
	slices.Sort(want)
	for _, name := range slices.Compact(want) {
		if !strings.Contains(guide, "`"+name+"`") {
			t.Errorf("the guide does not speak of %s", name)
		}
	}
}
