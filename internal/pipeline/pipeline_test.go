package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"telex/internal/document"
)

// stepFunc is a step made of a function.
type stepFunc struct {
	name  string
	apply func(ctx context.Context, a *document.Article) error
}

func (s stepFunc) Name() string                                         { return s.name }
func (s stepFunc) Version() string                                      { return "1" }
func (s stepFunc) Apply(ctx context.Context, a *document.Article) error { return s.apply(ctx, a) }

func blocks(types ...document.BlockType) stepFunc {
	return stepFunc{"layout", func(_ context.Context, a *document.Article) error {
		for i, typ := range types {
			a.Blocks = append(a.Blocks, document.Block{Type: typ, Span: document.Span{Start: i, End: i + 1}})
		}
		return nil
	}}
}

func decode(t *testing.T, body string) *document.Document {
	t.Helper()
	d, err := document.Decode([]byte(body), document.Origin{})
	if err != nil {
		t.Fatalf("decode %q: %v", body, err)
	}
	return d
}

func noPage(context.Context, string, string) (string, string, error) {
	return "", "", errors.New("no page expected")
}

func TestReadRunsStepsInOrder(t *testing.T) {
	t.Parallel()
	var ran []string
	note := func(name string) stepFunc {
		return stepFunc{name, func(context.Context, *document.Article) error { ran = append(ran, name); return nil }}
	}
	p := New(noPage, note("a"), note("b"), note("c"))
	a, times, err := p.Read(t.Context(), decode(t, "Een bericht."))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ran, " "); got != "a b c" || len(times) != 3 || len(a.Steps) != 3 || a.Steps[1].Name != "b" {
		t.Errorf("ran %s, times %v, steps %v", got, times, a.Steps)
	}
	if a.Version != p.Version() || p.Version() == New(noPage, note("a")).Version() {
		t.Errorf("article version %s, pipeline version %s", a.Version, p.Version())
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	failing := errors.New("the table is locked")
	tests := []struct {
		name   string
		step   func(context.Context, *document.Article) error
		reason document.Reason
		is     error
		says   string
	}{
		{"panic", func(_ context.Context, a *document.Article) error { a.Blocks[7].Type = document.Label; return nil },
			document.Panic, nil, "internal/pipeline/pipeline_test.go:"},
		{"refusal", func(context.Context, *document.Article) error {
			return &document.Refusal{Reason: document.NoText, Step: "x", Message: "nothing"}
		}, document.NoText, nil, "nothing"},
		{"deadline", func(ctx context.Context, _ *document.Article) error { return context.DeadlineExceeded },
			"", context.DeadlineExceeded, "step odd"},
		{"other", func(context.Context, *document.Article) error { return failing }, "", failing, "step odd: the table is locked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, times, err := New(noPage, stepFunc{"odd", tt.step}).Read(t.Context(), decode(t, "Een bericht."))
			var refusal *document.Refusal
			if errors.As(err, &refusal) != (tt.reason != "") || refusal != nil && refusal.Reason != tt.reason {
				t.Errorf("error %v, want reason %q", err, tt.reason)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("error %v is not %v", err, tt.is)
			}
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %q does not say %q", err, tt.says)
			}
			if len(times) != 1 {
				t.Errorf("%d times, want one also for the step that failed", len(times))
			}
		})
	}
}

func TestOnlyBoilerplateIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		types []document.BlockType
		ok    bool
	}{
		{[]document.BlockType{document.Boilerplate, document.Boilerplate}, false},
		{[]document.BlockType{document.Boilerplate, document.Paragraph}, true},
		{[]document.BlockType{document.Label}, true},
	} {
		_, _, err := New(noPage, blocks(tt.types...)).Read(t.Context(), decode(t, "Een bericht."))
		if (err == nil) != tt.ok {
			t.Errorf("blocks %v: error %v", tt.types, err)
		}
	}
}

func TestReadTakesTextFromHTML(t *testing.T) {
	t.Parallel()
	page := func(_ context.Context, html, url string) (string, string, error) {
		return "De kop", "De tekst van " + url, nil
	}
	d := decode(t, `{"html":"<p>x</p>","url":"https://example.org/1"}`)
	a, _, err := New(page, blocks(document.Title)).Read(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if want := "De kop\n\nDe tekst van https://example.org/1"; a.Raw != want || a.TitleEnd != len("De kop") {
		t.Errorf("raw %q, title ends at %d; want %q", a.Raw, a.TitleEnd, want)
	}
	huge := func(context.Context, string, string) (string, string, error) {
		return "", strings.Repeat("x", document.MaxText+1), nil
	}
	var refusal *document.Refusal
	if _, _, err := New(huge).Read(t.Context(), d); !errors.As(err, &refusal) || refusal.Reason != document.TooLarge {
		t.Errorf("a page with too much text: %v, want too-large", err)
	}
}

func TestEncodeCutsLayersInOrder(t *testing.T) {
	t.Parallel()
	raw := strings.Repeat("ab ", 1000)
	a := &document.Article{Raw: raw, Blocks: []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(raw)}}}}
	for i := range 1000 {
		span := document.Span{Start: 3 * i, End: 3*i + 2}
		a.Tokens = append(a.Tokens, document.Token{Span: span})
		a.Sentences = append(a.Sentences, document.Sentence{Span: span})
	}
	full, err := document.Encode(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		limit  int
		absent string // layers that are cut
	}{
		{len(full), ""}, {len(full) - 1, "tokens"}, {len(raw) + 1000, "blocks sentences tokens"},
	} {
		body, err := encode(*a, c.limit)
		if err != nil {
			t.Fatal(err)
		}
		var got document.Article
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if cut := strings.Join(slices.Sorted(maps.Keys(got.Absent)), " "); cut != c.absent || len(body) > c.limit {
			t.Errorf("within %d bytes, %q is cut and %d bytes are left; want %q", c.limit, cut, len(body), c.absent)
		}
		if (len(got.Tokens) == 0) != strings.Contains(c.absent, "tokens") || (len(got.Blocks) == 0) != strings.Contains(c.absent, "blocks") {
			t.Errorf("within %d bytes: %d tokens, %d blocks", c.limit, len(got.Tokens), len(got.Blocks))
		}
	}
	if len(a.Tokens) != 1000 || a.Absent != nil {
		t.Errorf("the article itself was changed: %d tokens, absent %v", len(a.Tokens), a.Absent)
	}
	var refusal *document.Refusal
	if _, err := encode(*a, len(raw)); !errors.As(err, &refusal) || refusal.Reason != document.TooLarge {
		t.Errorf("error %v, want too-large", err)
	}
}

func TestEncodeLeavesTokensOut(t *testing.T) {
	t.Parallel()
	a := &document.Article{Raw: "Ja.", Tokens: []document.Token{{Span: document.Span{End: 2}}, {Span: document.Span{Start: 2, End: 3}}},
		Absent: map[string]string{"times": "no date"}}
	for name, c := range map[string]struct {
		encode func(*document.Article) ([]byte, error)
		tokens int
		absent map[string]string
	}{
		"published": {Encode, 0, map[string]string{"times": "no date", "tokens": Unasked}},
		"asked":     {EncodeTokens, 2, map[string]string{"times": "no date"}},
	} {
		body, err := c.encode(a)
		if err != nil {
			t.Fatal(err)
		}
		var got document.Article
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Tokens) != c.tokens || !maps.Equal(got.Absent, c.absent) {
			t.Errorf("%s: %d tokens, absent %v", name, len(got.Tokens), got.Absent)
		}
	}
	if len(a.Tokens) != 2 || len(a.Absent) != 1 {
		t.Errorf("the article itself was changed: %+v", a)
	}
}
