package fingerprint

import (
	"context"
	"math/bits"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"telex/internal/document"
)

const story = `De gemeenteraad van Meerdam heeft dinsdagavond besloten het oude postkantoor aan de Markt te verkopen.
Een meerderheid vindt dat de gemeente het gebouw, dat al zes jaar leegstaat, niet langer kan onderhouden.
Wethouder Van Loon verwacht dat de verkoop ruim twee miljoen euro oplevert. Met dat geld wil hij de bibliotheek opknappen.
De plaatselijke geschiedenisvereniging is teleurgesteld en vreest dat een projectontwikkelaar het monument laat verbouwen tot appartementen.
Volgens de wethouder moet een nieuwe eigenaar de gevel en de trappenhal bewaren. Er hebben zich drie kopers gemeld.
Omwonenden kunnen tot eind oktober bezwaar maken tegen het besluit. Daarna neemt het college een definitieve beslissing.`

func TestOf(t *testing.T) {
	base := Of(story)
	for name, c := range map[string]struct {
		text        string
		exact, near bool
	}{
		"itself":            {story, true, true},
		"white space":       {"\n  " + strings.ReplaceAll(story, " ", " \t "), true, true},
		"capitals":          {strings.ToUpper(story), true, true},
		"punctuation":       {strings.NewReplacer(".", "!", ",", " –").Replace(story), true, true},
		"soft hyphens":      {strings.ReplaceAll(story, "gemeente", "ge\u00admeente"), true, true},
		"a word less":       {strings.Replace(story, "plaatselijke ", "", 1), false, true},
		"another sum":       {strings.Replace(story, "twee miljoen", "drie miljoen", 1), false, true},
		"a last line added": {story + " Lees ook: bibliotheek krijgt nieuwe zaal.", false, true},
		"no last line":      {story[:strings.LastIndex(story, "\n")], false, true},
		"another story": {`De brandweer rukte maandagochtend met groot materieel uit voor een schuurbrand in het buitengebied van Oosterlo.
			Niemand raakte gewond. De eigenaar kon zijn dieren op tijd naar buiten brengen. De oorzaak wordt onderzocht.`, false, false},
	} {
		p := Of(c.text)
		if (p.Exact == base.Exact) != c.exact {
			t.Errorf("%s: same exact signature: %v", name, !c.exact)
		}
		if d := Distance(p, base); (d <= Near) != c.near {
			t.Errorf("%s: distance %d, near should be %v", name, d, c.near)
		}
	}
	if len(strings.Fields(story)) < 40 {
		t.Error("the story is too short for Near")
	}
}

// TestStable holds the signatures themselves: they are compared across versions.
func TestStable(t *testing.T) {
	for text, want := range map[string]string{
		story: "x1:c1c93b4b5b9766e0227d8ab496490e8d;s1:7168552d4c654262",
		"1-0": "x1:d9afd62a0808eb51cfa5ba2cfe9abc08;s1:cfa5ba2cfe9abc08",
		"ÉÉN": "x1:b813d75d73075ffa6fe77ac3cbf2413a;s1:6fe77ac3cbf2413a",
	} {
		if got := Of(text).String(); got != want {
			t.Errorf("%.20q has %s, want %s: raise the x1 or s1 of the format when this is meant", text, got, want)
		}
	}
}

func TestApply(t *testing.T) {
	raw := "video\n\nBrand in Meerdam\n\nEen schuur brandde uit.\n\nFoto: Jan Bos\n\nDeel dit artikel"
	span := func(part string) document.Span {
		i := strings.Index(raw, part)
		return document.Span{Start: i, End: i + len(part)}
	}
	a := &document.Article{Raw: raw, Blocks: []document.Block{
		{Type: document.Label, Span: span("video")},
		{Type: document.Title, Span: span("Brand in Meerdam")},
		{Type: document.Paragraph, Span: span("Een schuur brandde uit.")},
		{Type: document.Credit, Span: span("Foto: Jan Bos")},
		{Type: document.Boilerplate, Span: span("Deel dit artikel")},
	}}
	if err := New().Apply(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	if want := Of("Brand in Meerdam een schuur brandde uit").String(); a.Fingerprint != want {
		t.Errorf("signed %s, want the words of title and paragraph, %s", a.Fingerprint, want)
	}
	labels := &document.Article{Raw: raw[:5], Blocks: a.Blocks[:1]}
	if err := New().Apply(context.Background(), labels); err != nil || labels.Fingerprint != Of("video").String() {
		t.Errorf("an article of labels alone is signed %q, %v", labels.Fingerprint, err)
	}
	empty := &document.Article{Raw: "!!! 🎉"}
	if err := New().Apply(context.Background(), empty); err != nil || empty.Fingerprint != "" || empty.Absent[Name] == "" {
		t.Errorf("an article without words is signed %q, absent for %q, %v", empty.Fingerprint, empty.Absent[Name], err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := New().Apply(ended, a); err == nil {
		t.Error("no error from a context that has ended")
	}
}

func TestParse(t *testing.T) {
	for _, bad := range []string{
		"", ";", "x1:;s1:", "s1:0000000000000000", "x1:00000000000000000000000000000000",
		"x2:00000000000000000000000000000000;s1:0000000000000000",
		"x1:0000000000000000000000000000000g;s1:0000000000000000",
		"x1:00000000000000000000000000000000;s1:+000000000000000",
		"x1:0000000000000000000000000000000A;s1:0000000000000000",
		"x1:00000000000000000000000000000000;s1:00000000000000000",
	} {
		if p, err := Parse(bad); err == nil {
			t.Errorf("%q is read as %v", bad, p)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Of(story).String())
	f.Add("x1:;s1:")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := Parse(text); err == nil && p.String() != text {
			t.Fatalf("%q is read as %s", text, p)
		}
	})
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		p := Of(text)
		back, err := Parse(p.String())
		if err != nil || back != p {
			t.Fatalf("%v comes back as %v, %v", p, back, err)
		}
		if Of(" "+text+"\n") != p {
			t.Fatalf("%q: space around it changes the signature", text)
		}
	})
}

// TestVotes compares the upright counts with plain ones.
func TestVotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOfN(rapid.Uint64(), 1, 200).Draw(t, "hashes")
		var v votes
		var counts [64]int
		for _, h := range hashes {
			v.add(h)
			for k := range counts {
				counts[k] += int(h >> k & 1)
			}
		}
		var want uint64
		for k, n := range counts {
			if n > len(hashes)/2 {
				want |= 1 << k
			}
		}
		if got := v.majority(); got != want {
			t.Fatalf("majority %064b, want %064b: %d bits differ", got, want, bits.OnesCount64(got^want))
		}
	})
}

func TestHostile(t *testing.T) {
	for name, text := range map[string]string{
		"one word":  strings.Repeat("a", 1<<20),
		"words":     strings.Repeat("woorden ", 1<<17),
		"NUL":       strings.Repeat("\x00", 1<<20),
		"not UTF-8": strings.Repeat("\xff", 1<<20),
		"lines":     strings.Repeat("\n", 1<<20),
		"invisible": strings.Repeat("\u200b\u202e", 1<<18),
	} {
		if _, err := Parse(Of(text).String()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	text := strings.Repeat(story+"\n\n", 5) // 4 kB
	a := &document.Article{Raw: text, Blocks: []document.Block{{Type: document.Paragraph, Span: document.Span{End: len(text)}}}}
	s := New()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Apply(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
}
