package document

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// full gives an article in which each list has items and each span is one that
// span gives.
func full(raw string, span func() Span) *Article {
	e, q, s := "e1", "q1", span()
	lat := 52.1
	return &Article{
		Schema: Schema, ID: "1", Key: "k", Source: "ad.nl", URL: "u", Published: "2019-06-30", Version: "v", Raw: raw, Title: "t",
		Language:  Language{Code: "nl", Confidence: 0.5},
		Blocks:    []Block{{Type: Lede, Span: span()}, {Type: Caption, Span: span()}},
		Sentences: []Sentence{{Span: span(), Block: 1}},
		Tokens:    []Token{{Span: span(), Lemma: "l", UPOS: "NOUN", Head: 0, Deprel: "root"}},
		Entities: []Entity{{ID: e, Type: "LOC", Name: "n", Links: []Link{{Scheme: "geonames", ID: "1", Lat: &lat, Lon: &lat, Feature: "PPL"}},
			Roles: []Role{{Text: "r", Office: "o"}}, Mentions: []Mention{{Span: span(), Form: "name"}}}, {ID: "e2"}},
		Quotes: []Quote{{ID: q, Type: "direct", Span: span(), Speaker: &e, SpeakerSpan: &s, Cue: &Piece{Span: span()}, Stance: "says", Confidence: 1},
			{ID: "q2", Span: span()}},
		Times: []Time{{Span: span(), Type: "DATE", Value: "2019", Mod: "APPROX"}},
		Events: []Event{{ID: "v1", Type: "CONSULT", Contexts: []string{"diplomatic"}, Actors: []Party{{Entity: &e, Code: "NLD"}}, Recipients: []Party{{}},
			Place: &e, Realis: "asserted", ClaimedBy: &q, Trigger: Piece{Span: span()}, Tellings: []Span{span()}}},
		Topics: []Topic{{Scheme: "s", ID: "i", Name: "n", Weight: 1}}, Keyphrases: []Keyphrase{{Text: "t", Weight: 1}},
		Fingerprint: "f", Absent: map[string]string{"x": "y", "a": "b"}, Steps: []StepVersion{{Name: "layout", Version: "1"}},
	}
}

// hostile draws texts in which bytes, code points and UTF-16 units all differ.
func hostile() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("a é€😀\u0301\u200d\u202e\x00\r\n\ufeff\u2028\"\\<&"))), 0, 300, -1)
}

func TestEncodeSpansAreCodePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.ToValidUTF8(hostile().Draw(t, "raw"), "")
		edges := []int{}
		for i := range raw {
			edges = append(edges, i)
		}
		edges = append(edges, len(raw))
		edge := rapid.SampledFrom(edges)
		a := full(raw, func() Span {
			x, y := edge.Draw(t, "x"), edge.Draw(t, "y")
			return Span{min(x, y), max(x, y)}
		})
		before := full(raw, func() Span { return Span{} })
		*before = *a
		out, err := Encode(a)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, a); diff != "" {
			t.Fatalf("Encode changed the article: %s", diff)
		}
		var got any
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		n := 0
		checkSpans(t, []rune(raw), got, &n)
		if n < 10 {
			t.Fatalf("only %d spans in %s", n, out)
		}
	})
}

// checkSpans finds every span of the JSON and holds it against the text beside it.
func checkSpans(t *rapid.T, raw []rune, at any, n *int) {
	switch at := at.(type) {
	case []any:
		for _, v := range at {
			checkSpans(t, raw, v, n)
		}
	case map[string]any:
		for span, text := range map[string]string{"span": "text", "speaker_span": "speaker_text"} {
			pair, ok := at[span].([]any)
			if !ok {
				continue
			}
			*n++
			start, end := int(pair[0].(float64)), int(pair[1].(float64))
			if got := string(raw[start:end]); got != at[text] {
				t.Fatalf("%s [%d,%d) is %q, but %s is %q", span, start, end, got, text, at[text])
			}
		}
		for _, v := range at {
			checkSpans(t, raw, v, n)
		}
	}
}

func TestEncodeGolden(t *testing.T) {
	raw := "Café 😀 <b>"
	a := &Article{Schema: Schema, Key: "k", Raw: raw, Blocks: []Block{{Type: Paragraph, Span: Span{6, len(raw)}}}}
	out, err := Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"schema":"telex/article/1","id":"","key":"k","source":"","url":"","published":"","version":"","language":{"code":"","confidence":0},` +
		`"raw":"Café 😀 <b>","title":"","blocks":[{"type":"paragraph","span":[5,10],"text":"😀 <b>"}],"sentences":[],"tokens":[],"entities":[],"quotes":[],` +
		`"times":[],"events":[],"topics":[],"keyphrases":[],"fingerprint":"","absent":{},"steps":[]}`
	if string(out) != want {
		t.Errorf("got  %s\nwant %s", out, want)
	}
}

func TestEncodeRefusesWrongSpans(t *testing.T) {
	raw := "aé😀b"
	for _, s := range []Span{{-1, 0}, {2, 3}, {0, 2}, {3, 5}, {4, 7}, {1, 0}, {0, 9}, {9, 9}} {
		for i := range 12 {
			n := 0
			a := full(raw, func() Span {
				n++
				if n == i+1 {
					return s
				}
				return Span{0, 1}
			})
			if _, err := Encode(a); err == nil {
				t.Errorf("span %v as number %d: no error", s, i)
			}
		}
	}
}

func TestSpan(t *testing.T) {
	var s Span
	if err := json.Unmarshal([]byte("[3,9]"), &s); err != nil || s != (Span{3, 9}) || s.Len() != 6 {
		t.Errorf("%v, %v", s, err)
	}
	if err := json.Unmarshal([]byte(`"x"`), &s); err == nil {
		t.Error("a string passes for a span")
	}
	if !s.Contains(Span{3, 9}) || s.Contains(Span{2, 4}) || s.Contains(Span{8, 10}) {
		t.Error("Contains is wrong")
	}
}

func BenchmarkEncode(b *testing.B) {
	raw := strings.Repeat("De gemeente zei: “Dat kan.” Een café ging dicht.\n", 80)
	a := &Article{Schema: Schema, Key: "k", Raw: raw, Absent: map[string]string{}}
	for start := 0; start < len(raw); {
		end := start + strings.IndexByte(raw[start:], '\n')
		a.Blocks = append(a.Blocks, Block{Type: Paragraph, Span: Span{start, end}})
		a.Sentences = append(a.Sentences, Sentence{Span: Span{start, end}, Block: len(a.Blocks) - 1})
		start = end + 1
	}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(a); err != nil {
			b.Fatal(err)
		}
	}
}
