package event

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telex/internal/plover"
)

// annotated is one sentence of testdata/sentences; testdata/GUIDE.md says
// how they are coded.
type annotated struct {
	ID, Text, Published, Rule string
	Events                    []struct {
		Type, Mode, Realis, Trigger string
		Actors, Recipients, Also    []string
		Optional                    bool
	}
}

func readSentences(t *testing.T, path string) []annotated {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []annotated
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var s annotated
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, s)
	}
	return out
}

// TestSentencesAreWhole holds the annotations to their guide: a slip there would be
// taken for one of the coder.
func TestSentencesAreWhole(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"build": 150, "report": 150, "build2": 160, "build3": 657, "check": 160} {
		all := readSentences(t, "testdata/sentences/"+name+".jsonl")
		if len(all) != want {
			t.Errorf("%s has %d sentences, not %d", name, len(all), want)
		}
		for _, s := range all {
			for _, e := range s.Events {
				if !plover.Known(plover.Type(e.Type), e.Mode) || !strings.Contains(s.Text, e.Trigger) {
					t.Errorf("%s: %s/%s by %q", s.ID, e.Type, e.Mode, e.Trigger)
				}
				for _, code := range slices.Concat(e.Actors, e.Recipients) {
					for alternative := range strings.SplitSeq(code, "|") {
						if _, ok := plover.ParseCode(alternative); !ok {
							t.Errorf("%s: the code %q", s.ID, code)
						}
					}
				}
			}
		}
	}
}

// rule finds the number of a coding rule of the guide in what a sentence tests.
var rule = regexp.MustCompile(`rule (\d+)`)

// TestRules codes the sentences to build on: of all, and of those of each coding rule
// of the manual, most must be right in type. What they reach today stands in the
// README; the floors only catch what breaks.
func TestRules(t *testing.T) {
	if testing.Short() {
		t.Skip("codes 150 sentences with the models of Dutch")
	}
	right, all := map[string]int{}, map[string]int{}
	for _, s := range readSentences(t, "testdata/sentences/build.jsonl") {
		a := read(t, s.Text)
		var got []string
		for _, e := range a.Events {
			got = append(got, e.Type)
		}
		keys := append([]string{"all"}, rule.FindAllString(s.Rule, -1)...)
		for _, want := range s.Events {
			i := slices.IndexFunc(got, func(typ string) bool { return typ == want.Type || slices.Contains(want.Also, typ) })
			for _, k := range keys {
				if !want.Optional {
					all[k]++
				}
				if i >= 0 && !want.Optional {
					right[k]++
				}
			}
			if i >= 0 {
				got = slices.Delete(got, i, i+1)
			}
		}
	}
	if len(all) != 13 {
		t.Errorf("the sentences test %d rules, not 12", len(all)-1)
	}
	for k, n := range all {
		floor := n / 2
		if k == "all" {
			floor = n * 8 / 10
		}
		if right[k] < floor {
			t.Errorf("%s: %d of %d events right in type", k, right[k], n)
		}
	}
}
