package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"telex/internal/document"
)

// tree writes files into a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shown says an item in one line: its name below dir, and its data or reason.
func shown(dir string, it Item) string {
	name := strings.TrimPrefix(it.Name, dir+"/")
	var refusal *document.Refusal
	switch {
	case errors.As(it.Err, &refusal):
		return name + " refused " + string(refusal.Reason)
	case it.Err != nil:
		return name + " error"
	}
	return fmt.Sprintf("%s %q", name, it.Data)
}

func all(t *testing.T, dir string, in Input) []string {
	t.Helper()
	var out []string
	for it := range Read(t.Context(), in) {
		out = append(out, shown(dir, it))
	}
	return out
}

func TestReadFolder(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"b.txt": "tekst\r\n", "a/z.txt": "\ufeffz", "a/.hidden.txt": "x", ".git/c.txt": "x", "photo.jpg": "x",
		"c.json":  "{\"text\":\n \"een\"}\n",
		"d.jsonl": "\ufeff{\"id\":1}\r\n\n  \n{\"id\":2}\nkapot\n[1]\n{\"id\":3}",
		"e.json":  `["geen document"]`,
		"f.json":  "{\"id\":1}\n{\"id\":2}\n",
		"g.json":  "{\"id\":1,\n{\"id\":2}\n",
		"h.jsonl": "",
		"i.txt":   "",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "dead.txt")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`a/z.txt "\ufeffz"`, `b.txt "tekst\r\n"`, `c.json "{\"text\":\n \"een\"}"`,
		`d.jsonl:1 "{\"id\":1}"`, `d.jsonl:4 "{\"id\":2}"`, `d.jsonl:5 refused bad-json`, `d.jsonl:6 refused bad-json`, `d.jsonl:7 "{\"id\":3}"`,
		`e.json refused bad-json`, `f.json:1 "{\"id\":1}"`, `f.json:2 "{\"id\":2}"`,
		`g.json:1 "{\"id\":1,"`, `g.json:2 "{\"id\":2}"`, `i.txt ""`,
	}
	if diff := cmp.Diff(want, all(t, dir, Input{Paths: []string{dir}})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestReadNamedPaths(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"article": "tekst", ".x.txt": "verborgen", "lines": `{"id":1}` + "\n" + `{"id":2}`})
	paths := []string{filepath.Join(dir, "lines"), filepath.Join(dir, ".x.txt"), filepath.Join(dir, "missing"), filepath.Join(dir, "article")}
	want := []string{`lines:1 "{\"id\":1}"`, `lines:2 "{\"id\":2}"`, `.x.txt "verborgen"`, `missing error`, `article "tekst"`}
	if diff := cmp.Diff(want, all(t, dir, Input{Paths: paths})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestStandardInputIsToldApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", MaxItem+10)
	for name, tt := range map[string]struct {
		in   string
		want []string
	}{
		"nothing":           {"", nil},
		"text":              {"Een bericht.\nTwee regels.", []string{`stdin "Een bericht.\nTwee regels."`}},
		"lines":             {"{\"id\":1}\n{\"id\":2}\n", []string{`stdin:1 "{\"id\":1}"`, `stdin:2 "{\"id\":2}"`}},
		"one document":      {"{\n \"id\": 1\n}\n", []string{`stdin "{\n \"id\": 1\n}\n"`}},
		"one line":          {` {"id":1}`, []string{`stdin:1 " {\"id\":1}"`}},
		"mark and document": {"\ufeff{\"id\":1}", []string{`stdin:1 "{\"id\":1}"`}},
		"long text":         {long, []string{"stdin refused too-large"}},
		"long line":         {`{"id":"` + long + `"}` + "\n" + `{"id":2}`, []string{"stdin:1 refused too-large", `stdin:2 "{\"id\":2}"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for kind, r := range map[string]io.Reader{"whole": strings.NewReader(tt.in), "halves": iotest.HalfReader(strings.NewReader(tt.in))} {
				if diff := cmp.Diff(tt.want, all(t, "", Input{Paths: []string{"-"}, Stdin: r})); diff != "" {
					t.Errorf("%s: items (-want +got):\n%s", kind, diff)
				}
			}
		})
	}
}

func TestReadFailsInTheMiddle(t *testing.T) {
	t.Parallel()
	in := io.MultiReader(strings.NewReader("{\"id\":1}\n{\"id\":2}\n{\"i"), iotest.ErrReader(errors.New("the disk is gone")))
	got := all(t, "", Input{Paths: []string{"-"}, Stdin: in})
	if diff := cmp.Diff([]string{`stdin:1 "{\"id\":1}"`, `stdin:2 "{\"id\":2}"`, "stdin error"}, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestReadStops(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"a.txt": "a", "b.txt": "b", "c.txt": "c"})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for range Read(ctx, Input{Paths: []string{dir}}) {
		if n++; n == 2 {
			cancel()
		}
	}
	if n != 2 {
		t.Errorf("%d items after the end of the context, want 2", n)
	}
	for range Read(t.Context(), Input{Paths: []string{dir}}) {
		break // the caller may stop asking
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	head := `<head><link rel="canonical" href="https://krant.example/1"><meta property="article:published_time" content="2019-06-30T14:05:00+02:00">`
	for name, tt := range map[string]struct {
		page string
		want map[string]string
		bad  document.Reason
	}{
		"utf-8":         {head + "</head><p>Eén", map[string]string{"url": "https://krant.example/1", "published": "2019-06-30T14:05:00+02:00", "html": head + "</head><p>Eén"}, ""},
		"latin-1":       {"<meta charset=iso-8859-1><p>E\xe9n", map[string]string{"html": "<meta charset=iso-8859-1><p>Eén"}, ""},
		"lies":          {"<meta charset=utf-8><p>E\xe9n", nil, document.NotUTF8},
		"wrong address": {`<link rel=canonical href="javascript:x()"><meta property="article:published_time" content="gisteren"><p>a`, map[string]string{"html": `<link rel=canonical href="javascript:x()"><meta property="article:published_time" content="gisteren"><p>a`}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := tree(t, map[string]string{"p.html": tt.page})
			for it := range Read(t.Context(), Input{Paths: []string{dir}}) {
				var refusal *document.Refusal
				if errors.As(it.Err, &refusal) != (tt.bad != "") || refusal != nil && refusal.Reason != tt.bad {
					t.Fatalf("error %v, want %q", it.Err, tt.bad)
				}
				if tt.bad != "" {
					return
				}
				var got map[string]string
				if err := json.Unmarshal(it.Data, &got); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("document (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestHeaderAndSize(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"a.txt": "12345", "b.jsonl": "{}\n\n{}\n", "c.jpg": "123"})
	in := Input{Paths: []string{dir}, Defaults: Defaults{Source: "ad.nl", Published: "2019-06-30"}}
	size, known := Size(in)
	if size != 12 || !known {
		t.Errorf("size %d, known %t; want 12", size, known)
	}
	var consumed int64
	for it := range Read(t.Context(), in) {
		consumed += it.Consumed
		if diff := cmp.Diff(map[string]string{"Telex-Source": "ad.nl", "Telex-Published": "2019-06-30"}, it.Header); diff != "" {
			t.Errorf("%s: header (-want +got):\n%s", it.Name, diff)
		}
	}
	if consumed != size {
		t.Errorf("consumed %d bytes of %d", consumed, size)
	}
	for _, in := range []Input{{Paths: []string{"-"}}, {Paths: []string{dir}, Watch: true}} {
		if _, known := Size(in); known {
			t.Errorf("the size of %+v cannot be known", in)
		}
	}
}

// A watched folder gives what is written or moved into it, once, when its
// writing has ended.
func TestWatch(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"first.txt": "eerst"})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ready, items := make(chan struct{}), make(chan string, 10)
	go func() {
		defer close(items)
		for it := range Read(ctx, Input{Paths: []string{dir}, Watch: true, Quiet: 50 * time.Millisecond, Ready: func() { close(ready) }}) {
			items <- shown(dir, it)
		}
	}()
	expect := func(want string) {
		t.Helper()
		if got := <-items; got != want {
			t.Errorf("item %s, want %s", got, want)
		}
	}
	expect(`first.txt "eerst"`)
	<-ready
	f, err := os.Create(filepath.Join(dir, "slow.txt"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
	write("half ")
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	hidden := filepath.Join(dir, "sub", ".new")
	if err := os.WriteFile(hidden, []byte("verhuisd"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(hidden, filepath.Join(dir, "sub", "moved.txt")); err != nil {
		t.Fatal(err)
	}
	expect(`sub/moved.txt "verhuisd"`) // while the other is still open
	write("heel")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	expect(`slow.txt "half heel"`)
	if err := os.WriteFile(filepath.Join(dir, "first.txt"), []byte("gewijzigd"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(`first.txt "gewijzigd"`)
	cancel()
	for got := range items {
		t.Errorf("one more item: %s", got)
	}
}

// Whatever a stream holds, no item is larger than allowed, and all of the
// input is accounted for.
func FuzzStandardInput(f *testing.F) {
	for _, seed := range []string{"", "tekst", "{\"id\":1}\n{\"id\":2}", "{\n\"id\":1}", "\ufeff{}\r\n{}", "{\"a\":\n\n{\"b\"", "\n\n{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var consumed int64
		for it := range Read(t.Context(), Input{Paths: []string{"-"}, Stdin: strings.NewReader(string(data))}) {
			consumed += it.Consumed
			if len(it.Data) > MaxItem || it.Err != nil && it.Data != nil {
				t.Errorf("item %s: %d bytes, error %v", it.Name, len(it.Data), it.Err)
			}
			var refusal *document.Refusal
			if it.Err != nil && !errors.As(it.Err, &refusal) {
				t.Errorf("item %s: %v is no refusal", it.Name, it.Err)
			}
		}
		if consumed > int64(len(data)) {
			t.Errorf("consumed %d bytes of %d", consumed, len(data))
		}
	})
}
