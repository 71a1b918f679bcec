package faulttest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
	"telex/internal/stream"
)

const sentence = "De raad stemde gisteren over het plan voor de nieuwe brug. "

// badInput is refused, each with its reason.
func badInput() map[string]struct {
	body   []byte
	reason document.Reason
} {
	type bad = struct {
		body   []byte
		reason document.Reason
	}
	return map[string]bad{
		"not JSON":              {[]byte(`{"id":"a","text":`), document.BadJSON},
		"not UTF-8":             {[]byte("Dit is \xff\xfe geen tekst."), document.NotUTF8},
		"not UTF-8 in JSON":     {[]byte("{\"text\":\"a\xc3\"}"), document.NotUTF8},
		"lone surrogate":        {[]byte(`{"text":"half \ud83d teken"}`), document.NotUTF8},
		"low surrogate":         {[]byte(`{"text":"half \udc00 teken"}`), document.NotUTF8},
		"empty":                 {nil, document.NoText},
		"empty object":          {[]byte(`{}`), document.NoText},
		"white space":           {[]byte(" \n\t\u200b\n"), document.NoText},
		"only boilerplate":      {[]byte("Lees ook\n\nDeel dit artikel\n\nVolledig scherm\n"), document.NoText},
		"too large":             {[]byte(strings.Repeat("x", document.MaxText+1)), document.TooLarge},
		"nested 10,000 deep":    {[]byte(`{"text":"a","meta":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`), document.BadJSON},
		"text is a number":      {[]byte(`{"text":5}`), document.BadField},
		"impossible date":       {[]byte(`{"text":"a","published":"2019-13-45"}`), document.BadField},
		"source of another":     {[]byte(`{"text":"a","source":"nu.nl"}`), document.BadField},
		"html without any text": {[]byte(`{"html":"<html><body><script>x()</script></body></html>"}`), document.NoText},
	}
}

// strangeInput is legal and processed.
func strangeInput() map[string][]byte {
	return map[string][]byte{
		"NUL":               []byte(sentence + "\x00" + sentence),
		"bidi marks":        []byte("\u202e" + sentence + "\u2066\u202c" + sentence),
		"zero-width":        []byte("De\u200b ra\u200dad\ufeff stem\u00adde. " + sentence),
		"million newlines":  []byte(sentence + strings.Repeat("\n", 1_000_000) + sentence),
		"1 MB on one line":  []byte(strings.Repeat(sentence, document.MaxText/len(sentence)-1)),
		"1 MB of one word":  []byte(strings.Repeat("x", document.MaxText-10)),
		"1 MB of stops":     []byte(sentence + strings.Repeat(".", document.MaxText-100)),
		"1 MB of quotes":    []byte(sentence + strings.Repeat(`",,'`, document.MaxText/4-100)),
		"combining marks":   []byte(sentence + "e" + strings.Repeat("\u0301", 10_000)),
		"byte order mark":   []byte("\ufeff" + sentence),
		"CRLF":              []byte("Eerste regel.\r\n\r\n" + sentence + "\r\n"),
		"title alone":       []byte(`{"id":"flits","title":"Kabinet valt","text":""}`),
		"unknown fields":    []byte(`{"text":"` + sentence + `","zzz":{"a":[1]},"meta":{"b":null}}`),
		"emoji in escapes":  []byte(`{"text":"Feest \ud83c\udf89 in de stad, zegt de burgemeester."}`),
		"one word":          []byte("Ja"),
		"deep but allowed":  []byte(`{"text":"Diep. ` + sentence + `","meta":` + strings.Repeat("[", 900) + strings.Repeat("]", 900) + `}`),
		"page instead":      []byte(`{"html":"<html><body><article><h1>Kop</h1><p>` + strings.Repeat(sentence, 5) + `</p></article></body></html>"}`),
		"every code point ": allCodePoints(),
	}
}

func allCodePoints() []byte {
	var b []byte
	for r := rune(0); r <= utf8.MaxRune && len(b) < document.MaxText-8; r += 5 {
		if utf8.ValidRune(r) {
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

func TestBadInput(t *testing.T) {
	// A megabyte of text is read within seconds, under the race detector within minutes.
	w := newWorld(t, childConfig{Concurrency: 2, Real: true, Deadline: 4 * time.Minute}, true)
	js, err := jetstream.New(w.nc)
	if err != nil {
		t.Fatal(err)
	}
	want, bodies := map[string]document.Reason{}, map[string][]byte{}
	for name, bad := range badInput() {
		want[hash(bad.body)], bodies[name] = bad.reason, bad.body
	}
	strange := strangeInput()
	for name, body := range strange {
		bodies[name] = body
	}
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		if _, err := js.Publish(t.Context(), "documents.fault", bodies[name], jetstream.WithMsgID(name)); err != nil {
			t.Fatalf("publish %s: %v", name, err)
		}
	}
	w.hire(2)
	w.settle()
	got := map[string]document.Reason{}
	each(t, w.nc, stream.Dead, func(m jetstream.Msg) {
		got[hash(m.Data())] = document.Reason(m.Headers().Get(stream.HeaderReason))
		for _, h := range []string{stream.HeaderError, stream.HeaderStep, stream.HeaderAttempts, stream.HeaderSubject, stream.HeaderStreamSeq} {
			if m.Headers().Get(h) == "" {
				t.Errorf("letter %s has no header %s", m.Headers().Get(stream.HeaderReason), h)
			}
		}
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("letters by the hash of their bytes (-want +got):\n%s", diff)
	}
	articles := 0
	each(t, w.nc, stream.News, func(m jetstream.Msg) {
		if isArticle(m) {
			articles++
			checkSpans(t, m.Data())
		}
	})
	if articles != len(strange) {
		t.Errorf("%d articles of %d strange documents\n%s", articles, len(strange), w.logs())
	}
}

// isArticle tells an article from what rides with it.
func isArticle(m jetstream.Msg) bool { return strings.HasPrefix(m.Subject(), "articles.") }

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// checkSpans holds what readers rely on: raw[start:end] is the text, in code points.
func checkSpans(t *testing.T, body []byte) {
	t.Helper()
	var a document.Article
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("article: %v", err)
	}
	raw := []rune(a.Raw)
	for _, b := range a.Blocks {
		if string(raw[b.Span.Start:b.Span.End]) != b.Text {
			t.Errorf("article %s: block %v is not its text", a.ID, b.Span)
		}
	}
	for _, s := range a.Sentences {
		if string(raw[s.Span.Start:s.Span.End]) != s.Text {
			t.Errorf("article %s: sentence %v is not its text", a.ID, s.Span)
		}
	}
}

// The same corpus gives the same articles, and the same messages beside them,
// however many workers read it.
func TestSameBytes(t *testing.T) {
	corpus := examples(t)
	var first [][]byte
	for _, workers := range []int{1, 3} {
		w := newWorld(t, childConfig{Concurrency: 2, Real: true}, true)
		js, err := jetstream.New(w.nc)
		if err != nil {
			t.Fatal(err)
		}
		w.hire(workers)
		for i, body := range corpus {
			if _, err := js.Publish(t.Context(), "documents.local", body, jetstream.WithMsgID(fmt.Sprint(i))); err != nil {
				t.Fatal(err)
			}
		}
		w.settle()
		var got [][]byte
		articles := 0
		each(t, w.nc, stream.News, func(m jetstream.Msg) {
			got = append(got, slices.Clone(m.Data()))
			if isArticle(m) {
				articles++
			}
		})
		slices.SortFunc(got, bytes.Compare)
		if articles != len(corpus) {
			t.Errorf("%d workers: %d articles of %d documents\n%s", workers, articles, len(corpus), w.logs())
		}
		if first == nil {
			first = got
		}
		if !slices.EqualFunc(first, got, bytes.Equal) {
			t.Errorf("%d workers gave other bytes than one", workers)
		}
		for _, p := range w.workers {
			p.kill()
		}
		w.server.kill()
	}
}

// examples gives the texts of the project's examples, each in several forms so
// that there is work for every worker.
func examples(t *testing.T) [][]byte {
	t.Helper()
	files, err := filepath.Glob("../../examples/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	var out [][]byte
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 4 {
			out = append(out, slices.Concat(text, fmt.Appendf(nil, "\n\nDit was bericht %d.", i)))
		}
	}
	return out
}
