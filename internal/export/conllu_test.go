package export_test

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"telex/internal/chain"
	"telex/internal/document"
	"telex/internal/export"
	"telex/internal/nlp/conllu"
	"telex/internal/pipeline"
)

// telex is the whole chain, made once.
var telex = sync.OnceValues(chain.New)

func build(tb testing.TB) *pipeline.Pipeline {
	tb.Helper()
	p, err := telex()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func word(start, end int, head int, deprel string) document.Token {
	return document.Token{Span: document.Span{Start: start, End: end}, Lemma: "l", UPOS: "NOUN", XPOS: "N", Feats: "Number=Sing", Head: head, Deprel: deprel}
}

func TestCoNLLU(t *testing.T) {
	t.Parallel()
	// A mark of order, a label glued to the text, white space of all kinds, a
	// sentence that was not read.
	const raw = "\ufeff\n videoÉén\u00a0 raad\u2028\tstemt. Ja, nee\r\n"
	a := &document.Article{ID: "ad.nl/1\n2", Key: "k", Raw: raw, Absent: map[string]string{"tokens": "cut"},
		Blocks: []document.Block{{Type: document.Label, Span: document.Span{Start: 5, End: 10}}, {Type: document.Lede, Span: document.Span{Start: 10, End: 40}}},
		Sentences: []document.Sentence{{Span: document.Span{Start: 5, End: 10}, Last: 1},
			{Span: document.Span{Start: 10, End: 32}, Block: 1, First: 1, Last: 5}, {Span: document.Span{Start: 33, End: 40}, Block: 1}},
		Tokens: []document.Token{word(5, 10, 0, "root"), word(10, 15, 2, "nummod"), word(18, 22, 3, "nsubj"), word(26, 31, 0, "root"), word(31, 32, 3, "punct")}}
	want := strings.NewReplacer("·", "\t").Replace(`# newdoc id = ad.nl/1 2
# absent = tokens: cut
# sent_id = k-1
# text = ` + "\ufeff" + `
1·` + "\ufeff" + `·_·X·_·_·0·root·_·SpacesAfter=\n\s|start_char=0|end_char=1

# newpar
# block = label
# sent_id = k-2
# text = video
1·video·l·NOUN·N·Number=Sing·0·root·_·SpaceAfter=No|start_char=3|end_char=8

# newpar
# block = lede
# sent_id = k-3
# text = Één raad stemt.
1·Één·l·NOUN·N·Number=Sing·2·nummod·_·SpacesAfter=\u00A0\s|start_char=8|end_char=11
2·raad·l·NOUN·N·Number=Sing·3·nsubj·_·SpacesAfter=\u2028\t|start_char=13|end_char=17
3·stemt·l·NOUN·N·Number=Sing·0·root·_·SpaceAfter=No|start_char=19|end_char=24
4·.·l·NOUN·N·Number=Sing·3·punct·_·start_char=24|end_char=25

# sent_id = k-4
# text = Ja, nee
1·Ja·_·X·_·_·0·root·_·SpaceAfter=No|start_char=26|end_char=28
2·,·_·X·_·_·1·dep·_·start_char=28|end_char=29
3·nee·_·X·_·_·1·dep·_·SpacesAfter=\r\n|start_char=30|end_char=33

`)
	got := string(export.CoNLLU(nil, a))
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	mustRebuild(t, raw, got)
}

func TestCoNLLURefusal(t *testing.T) {
	t.Parallel()
	got := string(export.CoNLLURefusal("a\u2028b", &document.Refusal{Reason: document.NoText, Message: "no\ntext"}))
	if want := "# newdoc id = a b\n# error = no-text: no text\n\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// mustRebuild holds that text is valid CoNLL-U whose words are those characters
// of raw that are no white space, in order, at the places that they name, and
// which with their white space give raw again.
func mustRebuild(t failer, raw, text string) {
	t.Helper()
	points := []rune(raw)
	var rebuilt strings.Builder
	seen, first := map[string]bool{}, true
	for s, err := range conllu.Read(strings.NewReader(text)) {
		if err != nil {
			t.Fatalf("%.200q: %v", raw, err)
		}
		id := s.Comment("sent_id")
		if err := conllu.Validate(s); err != nil || seen[id] || s.Comment("text") == "" {
			t.Fatalf("%.200q: sentence %q, seen before: %t, is not valid: %v", raw, id, seen[id], err)
		}
		seen[id] = true
		for _, w := range s.Words {
			before, after, start, end := misc(t, w.Misc)
			if first {
				rebuilt.WriteString(before)
				first = false
			}
			if start >= end || end > len(points) || string(points[start:end]) != w.Form || strings.ContainsFunc(w.Form, unicode.IsSpace) {
				t.Fatalf("%.200q: the word %q is not at %d to %d", raw, w.Form, start, end)
			}
			rebuilt.WriteString(w.Form + after)
		}
	}
	if got := rebuilt.String(); got != raw {
		t.Fatalf("%.300q is rebuilt as %.300q", raw, got)
	}
}

// misc reads the white space and the span out of a MISC field.
func misc(t failer, field string) (before, after string, start, end int) {
	t.Helper()
	after = " "
	for item := range strings.SplitSeq(field, "|") {
		key, value, _ := strings.Cut(item, "=")
		var err error
		switch key {
		case "SpaceAfter":
			after = ""
		case "SpacesAfter":
			after, err = unescape(value)
		case "SpacesBefore":
			before, err = unescape(value)
		case "start_char":
			start, err = strconv.Atoi(value)
		case "end_char":
			end, err = strconv.Atoi(value)
		}
		if err != nil {
			t.Fatalf("the field %q: %v", field, err)
		}
	}
	return before, after, start, end
}

func unescape(spaces string) (string, error) {
	return strconv.Unquote(`"` + strings.ReplaceAll(spaces, `\s`, " ") + `"`)
}

// annotate takes raw through the chain to CoNLL-U; dutch says that it is Dutch,
// whatever it is.
func annotate(t failer, p *pipeline.Pipeline, raw string, dutch bool) {
	t.Helper()
	d, err := document.Decode([]byte(raw), document.Origin{})
	if err != nil {
		return // not UTF-8, no text, or JSON that is none
	}
	if dutch {
		d.Language = "nl"
	}
	a, _, err := p.Read(context.Background(), d)
	var refusal *document.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Reason == document.NoText:
	case err != nil:
		t.Fatalf("%.100q: %v", raw, err)
	default:
		mustRebuild(t, a.Raw, string(export.CoNLLU(nil, a)))
	}
}

// scraps are what news and hostile texts are made of.
var scraps = []string{"De raad stemt in. ", "Hij belde haar op. ", "© ANP ", "Lees ook: ", "update", "\n", "\r\n", "\n\n", "\u2028", "\u0085", "\u00a0", "\x00", "\x1c", "\x0b",
	"\u200b", "\u202e", "\u00ad", "\ufeff", ",,Ja'', ", "“Nee”", "'s-Gravenhage ", "'t ", "https://voorbeeld.nl/a_b ", "@a ", "#b ", "€ 3,50 ", "19.30 uur ", "1 - 0 ", "é", "𝔘", "日本語", "مرحبا ",
	"👩‍👩‍👧", "_", "|", "\t", "\\", "\"", " ", "a", "B", "...", "!", "-", "=", "1", "A. ", "J.P. "}

func TestHostile(t *testing.T) {
	t.Parallel()
	p := build(t)
	size := 20_000
	lines := 5_000
	if os.Getenv("TELEX_LONG") != "" {
		size, lines = 1<<20, 1_000_000
	}
	texts := map[string]string{
		"letters without a break": strings.Repeat("abcdefghij", 10_000),
		"short lines":             strings.Repeat("a\n", min(lines, 1<<19)),
		"empty lines":             "a" + strings.Repeat("\n", lines) + "b",
		"vertical tabs":           "a" + strings.Repeat("\v", size-2) + "b",
		"invisible":               strings.Repeat("\u200b", size/3),
		"capitals":                strings.Repeat("DE RAAD VAN UTRECHT STEMT VANDAAG. ", size/35),
		"no spaces":               strings.Repeat("Deraadstemtvandaag.", size/19),
		"a table":                 strings.Repeat("Ajax PSV 3-1 ", size/13),
		"emoji":                   strings.Repeat("👩‍👩‍👧 ", size/20),
		"not UTF-8":               strings.Repeat("a\xff ", 100),
	}
	for _, s := range scraps {
		texts[strconv.Quote(s)] = strings.Repeat(s, max(1, size/10/len(s)))
	}
	for name, raw := range texts {
		t.Run(name, func(t *testing.T) {
			for _, dutch := range []bool{true, false} {
				start := time.Now()
				annotate(t, p, raw, dutch)
				if took := time.Since(start); took > 30*time.Second {
					t.Errorf("%d bytes took %s", len(raw), took)
				}
			}
		})
	}
}

func TestProperty(t *testing.T) {
	t.Parallel()
	p := build(t)
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(scraps), rapid.String()), 0, 30).Draw(t, "pieces"), "")
		annotate(t, p, raw, rapid.Bool().Draw(t, "dutch"))
	})
}

func FuzzCoNLLU(f *testing.F) {
	for i := range scraps {
		f.Add(strings.Join(scraps[i:], ""), i%2 == 0)
	}
	f.Add(`{"title":"Kop","text":"Ja.\u2028Nee","id":"a\tb"}`, true)
	p := build(f)
	f.Fuzz(func(t *testing.T, raw string, dutch bool) {
		if len(raw) < 1<<14 && utf8.ValidString(raw) {
			annotate(t, p, raw, dutch)
		}
	})
}

func BenchmarkCoNLLU(b *testing.B) {
	d, err := document.Decode([]byte(`{"language":"nl","text":"`+strings.Repeat(`De raad van Utrecht stemt vandaag in met het plan. `, 60)+`"}`), document.Origin{})
	if err != nil {
		b.Fatal(err)
	}
	a, _, err := build(b).Read(b.Context(), d)
	if err != nil {
		b.Fatal(err)
	}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		out = export.CoNLLU(out[:0], a)
	}
	b.ReportMetric(float64(len(a.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
