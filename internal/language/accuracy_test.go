package language

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// windows cuts text at words into stretches of about size characters.
func windows(text string, size int) []string {
	var out []string
	var b strings.Builder
	for _, w := range strings.Fields(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		if utf8.RuneCountInString(b.String()) >= size {
			out = append(out, b.String())
			b.Reset()
		}
	}
	return out
}

// TestDutchNews holds the accuracy on windows of Dutch news, which no table
// was made from.
func TestDutchNews(t *testing.T) { dutchWindows(t, dutchNews(t)) }

// TestDutchTreebank does so on sentences of a newspaper and of an encyclopedia.
func TestDutchTreebank(t *testing.T) {
	for _, name := range []string{"alpino-dev", "lassysmall-test"} {
		t.Run(name, func(t *testing.T) { dutchWindows(t, []string{treebank(t, name)}) })
	}
}

func dutchWindows(t *testing.T, texts []string) {
	s := mustNew(t)
	for _, c := range []struct {
		size  int
		floor float64 // per cent
	}{{30, 90}, {50, 97}, {100, 99}, {200, 99.5}, {1 << 20, 99.5}} {
		right, all, shown := 0, 0, 0
		other := map[string]int{}
		for i, text := range texts {
			parts := []string{text}
			if c.size < 1<<20 {
				parts = windows(text, c.size)
			}
			for k, part := range parts {
				if c.size < 1<<20 && (i+k)%7 != 0 && len(texts) > 1 {
					continue // every seventh is enough of many texts
				}
				all++
				got := s.Identify(part)
				if got.Code == "nl" {
					right++
					continue
				}
				other[got.Code]++
				if shown++; shown <= 12 && testing.Verbose() {
					t.Logf("%d: %v %q", c.size, got, part[:min(len(part), 120)])
				}
			}
		}
		share := 100 * float64(right) / float64(all)
		t.Logf("%7d characters: %d of %d Dutch (%.2f %%), others %v", c.size, right, all, share, other)
		if share < c.floor {
			t.Errorf("at %d characters %.2f %% is found, want %.1f", c.size, share, c.floor)
		}
	}
}

// dutchNews reads the shared sample of Dutch news.
func dutchNews(tb testing.TB) []string {
	tb.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "news", "dpg-2019.jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		tb.Skipf("the shared news sample is not here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	var out []string
	for in.Scan() {
		var d struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			tb.Fatal(err)
		}
		if strings.TrimSpace(d.Text) != "" {
			out = append(out, d.Text)
		}
	}
	if len(out) == 0 {
		tb.Fatalf("no text in %s", path)
	}
	return out
}

// treebank reads the sentences of a shared treebank, set apart by spaces.
func treebank(tb testing.TB, name string) string {
	tb.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "treebank", name+".conllu.gz"))
	if err != nil {
		tb.Skipf("the shared treebank is not here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var out strings.Builder
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		if text, ok := strings.CutPrefix(in.Text(), "# text = "); ok {
			out.WriteString(text + " ")
		}
	}
	if err := in.Err(); err != nil || out.Len() == 0 {
		tb.Fatalf("no text in the treebank %s: %v", name, err)
	}
	return out.String()
}

// TestOwnItems scores the short items of testdata, of our own writing: the odd
// lines were looked at while thresholds were chosen, the even ones were not.
func TestOwnItems(t *testing.T) {
	s := mustNew(t)
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no items in testdata: %v", err)
	}
	for _, size := range []int{30, 50, 100, 1 << 20} {
		right, all := [2]int{}, [2]int{}
		for _, file := range files {
			want := strings.TrimSuffix(filepath.Base(file), ".txt")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, item := range strings.Split(strings.TrimSpace(string(data)), "\n") {
				parts := []string{item}
				if size < 1<<20 {
					parts = windows(item, size)
				}
				for _, part := range parts {
					all[i%2]++
					got := s.Identify(part)
					if got.Code == want {
						right[i%2]++
					} else if testing.Verbose() {
						t.Logf("%s, %d: %v %q", want, size, got, part)
					}
				}
			}
		}
		t.Logf("%7d characters: dev %d of %d, test %d of %d", size, right[0], all[0], right[1], all[1])
		if size == 1<<20 && 100*right[1] < 98*all[1] {
			t.Errorf("%d of %d whole items are found", right[1], all[1])
		}
	}
}
