package chain

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"telex/internal/document"
	"telex/internal/pipeline"
	"telex/internal/source"
)

var update = flag.Bool("update", false, "write the golden articles anew")

const (
	sample     = "../../../shared/samples/000_7f824c05e3695702.txt"
	sampleGold = "../../../shared/gold/000_7f824c05e3695702.json"
	devTexts   = "../../../shared/samples/news-dev"
	newsTexts  = "../../../shared/data/news/dpg-2019.jsonl.gz"
)

func build(tb testing.TB) *pipeline.Pipeline {
	tb.Helper()
	p, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// read takes one document through the chain.
func read(tb testing.TB, p *pipeline.Pipeline, data []byte, header map[string]string) ([]byte, error) {
	tb.Helper()
	d, err := document.Decode(data, document.Origin{Header: func(name string) string { return header[name] }})
	if err != nil {
		return nil, err
	}
	a, _, err := p.Read(tb.Context(), d)
	if err != nil {
		return nil, err
	}
	return pipeline.Encode(a)
}

// Every example gives the article that was committed, with the mistakes that the
// models make in it. After a change of a step or model: go test ./internal/chain
// -update, and read the difference.
func TestGolden(t *testing.T) {
	t.Parallel()
	p := build(t)
	seen := map[string]bool{}
	for it := range source.Read(t.Context(), source.Input{Paths: []string{"../../examples"}}) {
		if it.Err != nil {
			t.Fatalf("%s: %v", it.Name, it.Err)
		}
		body, err := read(t, p, it.Data, it.Header)
		if err != nil {
			t.Errorf("%s: %v", it.Name, err)
			continue
		}
		again, err := read(t, p, it.Data, it.Header)
		if err != nil || !bytes.Equal(body, again) {
			t.Errorf("%s: the second run gave other bytes, or %v", it.Name, err)
		}
		checkSpans(t, it.Name, body)
		name := strings.ReplaceAll(filepath.Base(it.Name), ":", "-") + ".json"
		seen[name] = true
		compare(t, filepath.Join("testdata/golden", name), body)
	}
	files, err := filepath.Glob("testdata/golden/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden articles: %v", err)
	}
	for _, f := range files {
		if !seen[filepath.Base(f)] {
			t.Errorf("%s is the article of no example", f)
		}
	}
}

func compare(t *testing.T, path string, body []byte) {
	t.Helper()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", " "); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	pretty.WriteByte('\n')
	if *update {
		if err := os.WriteFile(path, pretty.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(pretty.String(), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// checkSpans holds raw[start:end] == text, in code points.
func checkSpans(t *testing.T, name string, body []byte) *document.Article {
	t.Helper()
	var a document.Article
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	raw := []rune(a.Raw)
	for _, b := range a.Blocks {
		if string(raw[b.Span.Start:b.Span.End]) != b.Text {
			t.Errorf("%s: block %v is not %q", name, b.Span, b.Text)
		}
	}
	for _, s := range a.Sentences {
		if string(raw[s.Span.Start:s.Span.End]) != s.Text || !a.Blocks[s.Block].Span.Contains(s.Span) {
			t.Errorf("%s: sentence %v is not %q, or not in its block", name, s.Span, s.Text)
		}
	}
	return &a
}

// open reads a file given beside the checkout; without it the test is skipped.
func open(tb testing.TB, path string) []byte {
	tb.Helper()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("%s is not here: the texts are not part of the project", path)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// The sample gives every part that people found in it.
func TestSample(t *testing.T) {
	t.Parallel()
	data, goldData := open(t, sample), open(t, sampleGold)
	var gold struct {
		Language  string
		Structure []document.Block
		First     document.Sentence `json:"sentences_first"`
	}
	if err := json.Unmarshal(goldData, &gold); err != nil {
		t.Fatal(err)
	}
	body, err := read(t, build(t), data, map[string]string{document.HeaderPublished: "2019-06-30T14:05:00+02:00"})
	if err != nil {
		t.Fatal(err)
	}
	a := checkSpans(t, "sample", body)
	found := map[document.Block]bool{}
	for _, b := range a.Blocks {
		found[b] = true
	}
	for _, b := range gold.Structure {
		if !found[b] {
			t.Errorf("no %s %v %q", b.Type, b.Span, b.Text)
		}
	}
	first := document.Sentence{}
	for _, s := range a.Sentences {
		if a.Blocks[s.Block].Type == document.Lede {
			first = s
			break
		}
	}
	if first.Text != gold.First.Text || first.Span != gold.First.Span || a.Language.Code != gold.Language {
		t.Errorf("first sentence %v %q, language %s; want %v %q, %s", first.Span, first.Text, a.Language.Code,
			gold.First.Span, gold.First.Text, gold.Language)
	}
}

// Real articles pass: one in ten of them, all with TELEX_LONG. Four of the
// collection have neither title nor text, and are refused for that.
func TestRealArticles(t *testing.T) {
	t.Parallel()
	z, err := gzip.NewReader(bytes.NewReader(open(t, newsTexts)))
	if err != nil {
		t.Fatal(err)
	}
	p, every := build(t), 10
	if os.Getenv("TELEX_LONG") != "" {
		every = 1
	}
	inputs := map[string]source.Input{
		"news": {Paths: []string{source.Stdin}, Stdin: z},
		"dev":  {Paths: []string{devTexts}},
	}
	want := map[string][2]int{"news": {1434, 4}, "dev": {32, 0}}
	for name, in := range inputs {
		articles, empty := 0, 0
		for it := range source.Read(t.Context(), in) {
			if it.Err != nil {
				t.Fatalf("%s: %v", it.Name, it.Err)
			}
			_, err := document.Decode(it.Data, document.Origin{})
			var refusal *document.Refusal
			if errors.As(err, &refusal) && refusal.Reason == document.NoText {
				empty++
				continue
			}
			if articles++; articles%every != 0 {
				continue
			}
			body, err := read(t, p, it.Data, it.Header)
			if err != nil {
				t.Errorf("%s: %v", it.Name, err)
				continue
			}
			checkSpans(t, it.Name, body)
		}
		if got := [2]int{articles, empty}; got != want[name] {
			t.Errorf("%s: %d articles and %d empty documents, want %v", name, articles, empty, want[name])
		}
	}
}

// BenchmarkArticle takes a whole example from bytes to bytes.
func BenchmarkArticle(b *testing.B) {
	data, err := os.ReadFile("../../examples/01-waterschap.txt")
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, data)
}

// BenchmarkSample does the same with the sample, whose size the figures refer to.
func BenchmarkSample(b *testing.B) { benchmark(b, open(b, sample)) }

func benchmark(b *testing.B, data []byte) {
	p := build(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(b, p, data, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
