package gold

import (
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"telex/internal/document"
)

const (
	sentenceLine = `{"id":"a1","text":"Minister Bos bezoekt Bern.","published":"2019-06-30","rule":"visit","events":[{"type":"CONSULT","mode":"visit","actors":["NLDGOV"],"recipients":["CHE|CHEGOV"],"realis":"asserted","trigger":"bezoekt","also":["AGREE"],"optional":true}]}`
	articleLine  = `{"article":12,"events":[{"type":"AID","trigger":"steun","start":7}]}`
	newsLines    = `{"id":12,"title":"Één os","text":"Bern geeft steun.","published_at":"2019-03-01 10:20:00"}
{"id":13,"title":"Bal","text":"Ajax wint.","published_at":"2019-03-02T09:00:00Z"}
`
)

func sentence() Text {
	return Text{ID: "a1", Text: "Minister Bos bezoekt Bern.", Published: "2019-06-30", Rule: "visit", Events: []Event{{
		Type: "CONSULT", Mode: "visit", Actors: []string{"NLDGOV"}, Recipients: []string{"CHE|CHEGOV"},
		Realis: "asserted", Trigger: "bezoekt", Also: []string{"AGREE"}, Optional: true,
	}}}
}

func article() Text {
	return Text{ID: "12", Article: 12, Title: "Één os", Text: "Bern geeft steun.", Published: "2019-03-01",
		Events: []Event{{Type: "AID", Trigger: "steun", Start: 7}}}
}

// write puts files in a folder of their own, gzipped where the name says so.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			var b strings.Builder
			z := gzip.NewWriter(&b)
			if _, err := z.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			text = b.String()
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestRead(t *testing.T) {
	t.Parallel()
	named := article()
	named.ID, named.Rule = "x", "aid"
	own := article()
	own.Title, own.Text, own.Published = "", "Eigen tekst.", ""
	bal := Text{ID: "13", Article: 13, Rule: "sport club", Title: "Bal", Text: "Ajax wint.", Published: "2019-03-02"}
	bos := Text{ID: "12", Article: 12, Title: "Één os", Text: "Bern geeft steun.", Published: "2019-03-01"}
	for _, c := range []struct {
		name, path string
		files      map[string]string
		want       []Text
	}{
		{"sentences without the set", "a.jsonl", map[string]string{"a.jsonl": sentenceLine + "\n\n  \n" + sentenceLine}, []Text{sentence(), sentence()}},
		{"nothing", "a.jsonl", map[string]string{"a.jsonl": "\n"}, []Text{}},
		{"sentences and articles", "a.jsonl", map[string]string{"a.jsonl": articleLine + "\n" + sentenceLine + "\n" + articleLine, "news.gz": newsLines}, []Text{article(), sentence(), article()}},
		{"article with a name", "a.jsonl", map[string]string{"a.jsonl": `{"id":"x","rule":"aid",` + articleLine[1:], "news.gz": newsLines}, []Text{named}},
		{"article with its text", "a.jsonl", map[string]string{"a.jsonl": `{"text":"Eigen tekst.",` + articleLine[1:]}, []Text{own}},
		{"folder, in order of names", "d", map[string]string{"d/2.json": articleLine, "d/1.json": `{"article":13,"rule":"sport club"}`, "d/note.md": "no", "news.gz": newsLines}, []Text{bal, article()}},
		{"ids", "q.txt", map[string]string{"q.txt": "# id, kind\n13 sport  club\n\n12\n", "news.gz": newsLines}, []Text{bal, bos}},
		{"comments alone, without the set", "q.txt", map[string]string{"q.txt": "# id, kind\n"}, []Text{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			folder := write(t, c.files)
			got, err := Read(filepath.Join(folder, c.path), filepath.Join(folder, "news.gz"))
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, path string
		files      map[string]string
		want       string
	}{
		{"no file", "a.jsonl", nil, "a.jsonl: no such file"},
		{"no ids", "q.txt", nil, "q.txt: no such file"},
		{"no folder", "d", nil, "no annotated articles (.json) in "},
		{"line is no JSON", "a.jsonl", map[string]string{"a.jsonl": sentenceLine + "\n\n{\"id\":"}, "a.jsonl:3: "},
		{"line is a list", "a.jsonl", map[string]string{"a.jsonl": "[]"}, "a.jsonl:1: "},
		{"actors are no list", "a.jsonl", map[string]string{"a.jsonl": sentenceLine + "\n" + `{"text":"Bos.","events":[{"actors":"NLD"}]}`}, "a.jsonl:2: "},
		{"no text", "a.jsonl", map[string]string{"a.jsonl": sentenceLine + "\n" + `{"id":"a2","title":"Bos"}`}, "a.jsonl:2: there is neither a text nor the id of an article"},
		{"line too long", "a.jsonl", map[string]string{"a.jsonl": sentenceLine + "\n" + strings.Repeat(" ", longestLine+1)}, "a.jsonl:2: "},
		{"line without its article", "a.jsonl", map[string]string{"a.jsonl": sentenceLine + "\n" + `{"article":14}`, "news.gz": newsLines}, "a.jsonl:2: article 14 is not in "},
		{"text of one line, not of another", "a.jsonl", map[string]string{"a.jsonl": `{"article":14,"text":"Bos."}` + "\n" + `{"article":14}`, "news.gz": newsLines}, "a.jsonl:2: article 14 is not in "},
		{"no set", "a.jsonl", map[string]string{"a.jsonl": articleLine}, "newspaper set: open "},
		{"set is not gzipped", "a.jsonl", map[string]string{"a.jsonl": articleLine, "news": newsLines}, "news: gzip: "},
		{"set has a bad line", "a.jsonl", map[string]string{"a.jsonl": articleLine, "news.gz": newsLines + "{}\n{\"id\":\"x\"}"}, "news.gz:4: "},
		{"article is no JSON", "d", map[string]string{"d/1.json": articleLine, "d/2.json": "{\"article\":13,\n\"events\":[\n{]}", "news.gz": newsLines}, "2.json:3: "},
		{"start is no number", "d", map[string]string{"d/2.json": "{\"article\":13,\n\"events\":[{\"start\":\"7\"}]}", "news.gz": newsLines}, "2.json:2: "},
		{"article ends early", "d", map[string]string{"d/2.json": "{\"article\":13,\n"}, "2.json:2: "},
		{"article without id", "d", map[string]string{"d/2.json": `{"text":"Bos."}`}, "2.json: there is no id"},
		{"file without its article", "d", map[string]string{"d/2.json": `{"article":14}`, "news.gz": newsLines}, "2.json: article 14 is not in "},
		{"id is a word", "q.txt", map[string]string{"q.txt": "# kind\n13 sport\nsport 12\n", "news.gz": newsLines}, `q.txt:3: "sport" is no id`},
		{"id is 0", "q.txt", map[string]string{"q.txt": "0 sport\n", "news.gz": newsLines}, `q.txt:1: "0" is no id`},
		{"id without its article", "q.txt", map[string]string{"q.txt": "# kind\n14 sport\n", "news.gz": newsLines}, "q.txt:2: article 14 is not in "},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			folder := write(t, c.files)
			news := filepath.Join(folder, "news")
			if _, ok := c.files["news"]; !ok {
				news += ".gz"
			}
			got, err := Read(filepath.Join(folder, c.path), news)
			if err == nil || !strings.Contains(err.Error(), c.want) || got != nil {
				t.Errorf("got %+v and the error %v; want one with %q", got, err, c.want)
			}
		})
	}
}

// The annotations of the step must be readable, and every trigger stand in its text.
func TestReadAnnotations(t *testing.T) {
	t.Parallel()
	const news = "../../../../shared/data/news/dpg-2019.jsonl.gz"
	files, err := filepath.Glob("../testdata/sentences/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sentences: %v", err)
	}
	for _, path := range append(files, "../testdata/check") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			texts, err := Read(path, news)
			if errors.Is(err, fs.ErrNotExist) {
				t.Skip("needs the newspaper set in ../shared: ", err)
			}
			if err != nil {
				t.Fatal(err)
			}
			for i := range texts {
				for _, e := range texts[i].Events {
					if !stands(&texts[i], &e) {
						t.Errorf("text %s: %q is no word of it, or not at %d", texts[i].ID, e.Trigger, e.Start)
					}
				}
			}
		})
	}
}

func stands(t *Text, e *Event) bool {
	if t.Article == 0 {
		return wordStart(t.Text, e.Trigger) >= 0
	}
	raw := t.Title + "\n\n" + t.Text
	at := byteOf(raw, e.Start)
	return at >= 0 && strings.HasPrefix(raw[at:], e.Trigger)
}

func TestDocument(t *testing.T) {
	t.Parallel()
	text := Text{Title: `De "os"`, Text: "Één\nregel", Published: "2019-06-30"}
	d, err := document.Decode(text.Document(), document.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	a := d.Article("", "test")
	if a.Raw != "De \"os\"\n\nÉén\nregel" || a.DeclaredLang != "nl" || !strings.HasPrefix(a.Published, "2019-06-30") {
		t.Errorf("raw %q, language %q, published %q", a.Raw, a.DeclaredLang, a.Published)
	}
}

// Whatever the lines hold, what is read has a text or an article to take it from,
// and errors say where.
func FuzzReadLines(f *testing.F) {
	for _, seed := range []string{sentenceLine + "\n" + articleLine, "# id\n12 sport\n", "null", "{\"article\":1e99}", "\xff\n-3", " \u00a0\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, kind := range []struct {
			path string
			read func() ([]entry, error)
		}{
			{"a.jsonl", func() ([]entry, error) { return texts(strings.NewReader(body), "a.jsonl") }},
			{"q.txt", func() ([]entry, error) { return ids(strings.NewReader(body), "q.txt") }},
		} {
			got, err := kind.read()
			if err != nil && !strings.HasPrefix(err.Error(), kind.path+":") {
				t.Errorf("the error %q does not begin with its place", err)
			}
			for _, e := range got {
				if e.Text.Text == "" && e.Article == 0 || !strings.HasPrefix(e.at, kind.path+":") {
					t.Errorf("read %+v", e)
				}
			}
		}
	})
}
