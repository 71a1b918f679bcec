package readable

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telex/internal/document"
)

func TestArticle(t *testing.T) {
	page, err := os.ReadFile("testdata/article.html")
	if err != nil {
		t.Fatal(err)
	}
	title, text, err := Text(t.Context(), string(page), "https://rivierbode.example/veerpont")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Veerpont bij Lekkerweide vaart weer"; title != want {
		t.Errorf("title %q, want %q", title, want)
	}
	for _, want := range []string{
		"sinds maandagochtend weer, zegt de gemeente. Drie",
		"\n\nDe pont bij de eerste overtocht, maandag vroeg. © Foto Kees Akkerdijk\n\n",
		"\n\nKabel uit Duitsland\n\nDe nieuwe kabel",
		"ook op de dagen voor een feestdag\nzaterdag van 7.00",
		"kost voor fietsers 1\u00a0euro, voor auto's 2,50 euro. Wie een\nabonnement had",
		"“We hebben elke dag",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	for _, no := range []string{"Home", "cookies", "geen tekst", "color", "rechten", "\n\n\n", "  "} {
		if strings.Contains(text, no) {
			t.Errorf("the text holds %q", no)
		}
	}
	if t.Failed() {
		t.Logf("text:\n%s", text)
	}
}

// TestForm fixes the white space of the text, on pages too short for readability
// to find an article in.
func TestForm(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"paragraphs", "<p>Een.<p>Twee.", "Een.\n\nTwee."},
		{"plain text", "Geen enkele tag", "Geen enkele tag"},
		{"white space", "<p>  a \n\t b </p>\n\n<p> c</p>", "a b\n\nc"},
		{"no-break space stays", "<p>10&nbsp;000</p>", "10\u00a0000"},
		{"break", "<p>een<br>twee<br/>drie</br>vier</p>", "een\ntwee\ndrie\nvier"},
		{"list", "<p>Lijst</p><ul><li>a<li>b <b>vet</b></ul><p>na</p>", "Lijst\n\na\nb vet\n\nna"},
		{"nested list", "<ul><li>a<ul><li>b</ul><li>c</ul>", "a\n\nb\n\nc"},
		{"formatting joins words", "<p>on<b>der</b><i>ling</i></p>", "onderling"},
		{"heading", "<h2>Kop</h2>tekst", "Kop\n\ntekst"},
		{"caption", "<figure><img src=x><figcaption>Bij de foto</figcaption></figure>rest", "Bij de foto\n\nrest"},
		{"table", "<table><tr><td>a<td>1<tr><td>b<td>2</table>", "a\t1\nb\t2"},
		{"definitions", "<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"},
		{"pre", "<pre>a  b\n  c\r\n\nd</pre>", "a  b\n  c\nd"},
		{"script and style", "<script>if (a<b) x()</script><style>p{}</style><p>t</p>", "t"},
		{"svg closes itself", "<svg/><p>t</p>", "t"},
		{"svg left out", "<svg><text>weg</text><svg>x</svg></svg><p>t</p>", "t"},
		{"menus left out", "<nav>Menu</nav><p>t</p><footer>Voet</footer>", "t"},
		{"only a menu", "<nav>Menu</nav>", "Menu"},
		{"entities", "<p>caf&eacute; &amp; &lt;b&gt; &#8364;5</p>", "café & <b> €5"},
		{"stray end tags", "</div></p><p>a</x>b</table>c</p></section>", "abc"},
		{"comment", "<p>a<!-- <p>weg --> b</p>", "a b"},
		{"end tag stays in its cell", "<div><table><tr><td>a</div>b</td></tr></table></div>c", "ab\n\nc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, text, err := Text(t.Context(), c.page, "")
			if err != nil || text != c.want {
				t.Errorf("got %q, %v\nwant %q", text, err, c.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"none", "", ""},
		{"title", "<title> Een \n titel </title>", "Een titel"},
		{"open graph first", `<title>T | Site</title><meta property="og:title" content="T">`, "T"},
		{"first of two", "<title>een</title><title>twee</title>", "een"},
		{"entities", "<title>R&amp;D</title>", "R&D"},
		{"cut between characters", "<title>" + strings.Repeat("é", 600) + "</title>", strings.Repeat("é", 512)},
		{"cut within a character", "<title>x" + strings.Repeat("é", 600) + "</title>", "x" + strings.Repeat("é", 511)},
	} {
		t.Run(c.name, func(t *testing.T) {
			title, _, err := Text(t.Context(), "<html><head>"+c.head+"</head><body><p>tekst</p></body></html>", "")
			if err != nil || title != c.want {
				t.Errorf("got %q, %v, want %q", title, err, c.want)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, page string
		reason     document.Reason
	}{
		{"empty", "", document.NoText},
		{"only tags", "<html><body><p> </p><img src=x></body></html>", document.NoText},
		{"only script", "<script>x()</script>", document.NoText},
		{"only marks without width", "<p>\u200b\u00ad\ufeff</p>", document.NoText},
		{"nested 10,000 deep", strings.Repeat("<div>", 10_000) + "x", document.BadField},
		{"lists nested 10,000 deep", strings.Repeat("<ul><li>", 10_000) + "x", document.BadField},
		{"too many elements", strings.Repeat("<p>x", maxElements+1), document.TooLarge},
		{"too long a page", strings.Repeat("x", maxPage+1), document.TooLarge},
		{"too long a text", "<p>" + strings.Repeat("woord ", 200_000), document.TooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Text(t.Context(), c.page, "")
			var refusal *document.Refusal
			if !errors.As(err, &refusal) || refusal.Reason != c.reason || refusal.Message == "" || refusal.Step == "" {
				t.Errorf("got %v, want a refusal with reason %s", err, c.reason)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Text(ctx, "<p>tekst</p>", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

// TestHostile holds the promise that a page costs no more than its length
// allows: each of these pages takes a browser's parser, or readability, minutes
// or gigabytes.
func TestHostile(t *testing.T) {
	const size = 1 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	nest := func(open, within string) string { return strings.Repeat(open, maxDepth-6) + within }
	for _, c := range []struct{ name, page string }{
		{"text between stray end tags", fill("a</x>")},
		{"text in a table", "<table>" + fill("a</x>")},
		{"open formatting in every paragraph", strings.Repeat("<b id=a>", 400) + fill("<p>x")},
		{"links in paragraphs", fill("<p><a href=x>x")},
		{"deep and wide", nest("<div>", fill("woord, "))},
		{"deep and many", nest("<div>", strings.Repeat("<p>woord, woord en nog een paar woorden</p>", 20_000))},
		{"deep single divs", strings.Repeat(nest("<div>", "x")+strings.Repeat("</div>", maxDepth), 380)},
		{"many attributes", "<div " + strings.Repeat("a=1 class=x ", 50_000) + "><div><p>x"},
		{"breaks", fill("<br> ")},
		{"end tags that reach nothing", "<section><table><td>" + nest("<i><span>", "")[:200*9] + "x" + fill("</section>")},
		{"long title, many headings", "<title>" + strings.Repeat("woord ", 1<<16) + "</title>" + strings.Repeat("<h2>woord</h2>", 40_000)},
		{"many cells", "<table>" + strings.Repeat("<td>x", 90_000)},
		{"images and figures", strings.Repeat("<figure><img src=x><figcaption>y</figcaption></figure>", 30_000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, text, err := Text(t.Context(), c.page, "https://site.example/a")
			var refusal *document.Refusal
			if err != nil && !errors.As(err, &refusal) {
				t.Fatal(err)
			}
			took := time.Since(start)
			t.Logf("%d bytes of HTML, %d of text, %v, %v", len(c.page), len(text), took, err)
			if took > 30*time.Second { // the race detector and a busy machine take ten times as long
				t.Errorf("took %v", took)
			}
		})
	}
}

var pieces = []string{"<p>", "</p>", "<div class=article>", "</div>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<li>", "<ul>", "</ul>",
	"<a href='x'>", "</a>", "<br>", "<br><br>", "<h1>", "</h1>", "<section>", "</section>", "<figure>", "<img src=a.jpg>", "<figcaption>", "<!--", "-->",
	"<script>", "</script>", "<svg>", "</svg>", "<title>", "</title>", "&amp;", "&#x0;", "<pre>", "</pre>", "\n", " ", "é", "\u202e", "\x00", "<", ">",
	"Een zin met woorden, komma's en nog meer woorden die tellen. ", "<body>", "</body>", "<form>", "<font>", "<p hidden>", "<span style='display:none'>"}

func TestAnyPage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		checkText(t, page)
	})
}

func FuzzText(f *testing.F) {
	for _, p := range pieces {
		f.Add(p + "tekst")
	}
	f.Add("<p>een<p>twee</p><table><tr><td>x</div></table>")
	f.Fuzz(func(t *testing.T, page string) {
		if len(page) > 1<<16 {
			t.Skip("pages are bounded before they come here")
		}
		checkText(t, page)
	})
}

// checkText holds what is true of every page.
func checkText(t interface {
	Context() context.Context
	Fatalf(string, ...any)
}, page string) {
	title, text, err := Text(t.Context(), page, "https://site.example/a")
	again, same, err2 := Text(t.Context(), page, "https://site.example/a")
	if title != again || text != same || (err == nil) != (err2 == nil) {
		t.Fatalf("two readings differ: %q, %q", text, same)
	}
	if err != nil {
		var refusal *document.Refusal
		if !errors.As(err, &refusal) {
			t.Fatalf("not a refusal: %v", err)
		}
		return
	}
	if blank(text) || strings.Contains(text, "\n\n\n") && !strings.Contains(page, "<pre") {
		t.Fatalf("text %q", text)
	}
	if utf8.ValidString(page) && !utf8.ValidString(title+text) {
		t.Fatalf("not UTF-8: %q %q", title, text)
	}
}

func BenchmarkText(b *testing.B) {
	page, err := os.ReadFile("testdata/article.html")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, _, err := Text(b.Context(), string(page), ""); err != nil {
			b.Fatal(err)
		}
	}
}

func TestHeaded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ title, text, wantTitle, wantText string }{
		{"Brug dicht | Koerier", "Brug dicht\n\nDe brug is dicht.", "Brug dicht", "De brug is dicht."},
		{"Brug dicht", "Brug dicht\n\nDe brug is dicht.", "Brug dicht", "De brug is dicht."},
		{"Brug dicht | Koerier", "Brug dicht na aanvaring\n\nDe brug is dicht.", "Brug dicht na aanvaring", "De brug is dicht."},
		{"De Koerier", "Brug dicht\n\nDe brug is dicht.", "De Koerier", "Brug dicht\n\nDe brug is dicht."},
		{"Brug dicht", "Brug dicht", "Brug dicht", "Brug dicht"},
		{"", "Brug dicht\n\nDe brug is dicht.", "", "Brug dicht\n\nDe brug is dicht."},
	} {
		if title, text := headed(tt.title, tt.text); title != tt.wantTitle || text != tt.wantText {
			t.Errorf("headed(%q, %q) = %q, %q; want %q, %q", tt.title, tt.text, title, text, tt.wantTitle, tt.wantText)
		}
	}
}
