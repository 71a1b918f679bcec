package layout_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"telex/internal/document"
	"telex/internal/lang"
	"telex/internal/lang/nl"
	"telex/internal/layout"
	"telex/internal/layout/gold"
)

const (
	newsFile = "../../../shared/data/news/dpg-2019.jsonl.gz"
	sample   = "../../../shared/samples/000_7f824c05e3695702.txt"
	sampleOf = "../../../shared/gold/000_7f824c05e3695702.json"
)

// dutch gives the Dutch pack; layout needs none of its models.
func dutch(tb testing.TB) lang.Pack {
	tb.Helper()
	pack, err := nl.Rules()
	if err != nil {
		tb.Fatal(err)
	}
	return pack
}

// apply lays raw out and gives its blocks with their texts.
func apply(t testing.TB, step *layout.Step, raw string, titleEnd int) *document.Article {
	t.Helper()
	a := &document.Article{Raw: raw, TitleEnd: titleEnd, Title: raw[:titleEnd]}
	if err := step.Apply(context.Background(), a); err != nil {
		t.Fatalf("lay out: %v", err)
	}
	return a
}

// marked writes the blocks as "[type]text" joined by spaces.
func marked(a *document.Article) string {
	var b strings.Builder
	for i, block := range a.Blocks {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("[" + string(block.Type) + "]" + a.Raw[block.Span.Start:block.Span.End])
	}
	return b.String()
}

const filler = " De eigenaar hoopt dat de schade snel wordt vergoed en dat de zaak weer open kan."

func TestRules(t *testing.T) {
	step := layout.New(dutch(t))
	for name, c := range map[string]struct{ raw, want string }{
		"label glued to the first word": {
			"updateDe brug bij Vianen is weer open voor al het verkeer." + filler,
			"[label]update [lede]De brug bij Vianen is weer open voor al het verkeer." + filler},
		"labels joined": {
			"foto/video Een schip is vastgelopen in de haven van Delfzijl." + filler,
			"[label]foto/video [lede]Een schip is vastgelopen in de haven van Delfzijl." + filler},
		"topic in small letters": {
			"tekort huisartsen In Drenthe zoeken acht dorpen een dokter." + filler,
			"[label]tekort huisartsen [lede]In Drenthe zoeken acht dorpen een dokter." + filler},
		"topic with a dash": {
			"loodgieters - Wie een lekkage heeft, moet lang wachten." + filler,
			"[label]loodgieters - [lede]Wie een lekkage heeft, moet lang wachten." + filler},
		"no label: a sentence that begins with a label word": {
			"Video's op telefoons leiden leerlingen af, vinden veel scholen." + filler,
			"[lede]Video's op telefoons leiden leerlingen af, vinden veel scholen." + filler},
		"dateline with agency": {
			"DEN HAAG (ANP) - Het kabinet wil de regels voor honden aanscherpen." + filler,
			"[dateline]DEN HAAG (ANP) - [lede]Het kabinet wil de regels voor honden aanscherpen." + filler},
		"dateline of two places": {
			"PARIJS/BERLIJN – De ministers spreken elkaar maandag." + filler,
			"[dateline]PARIJS/BERLIJN – [lede]De ministers spreken elkaar maandag." + filler},
		"dateline without a dash": {
			"UTRECHT De gemeente plant driehonderd bomen langs de singel." + filler,
			"[dateline]UTRECHT [lede]De gemeente plant driehonderd bomen langs de singel." + filler},
		"byline before a dateline": {
			"Van onze verslaggever Piet Bos ZWOLLE - De markt verhuist naar een ander plein." + filler,
			"[byline]Van onze verslaggever Piet Bos [dateline]ZWOLLE - [lede]De markt verhuist naar een ander plein." + filler},
		"headline, byline, date": {
			"Markt in Zwolle verhuist naar ander plein\nPiet Bos 12-05-21, 09:30 Laatste update: 10:15\nDe markt verhuist in mei." + filler,
			"[title]Markt in Zwolle verhuist naar ander plein [byline]Piet Bos 12-05-21, 09:30 [boilerplate]Laatste update: 10:15 [lede]De markt verhuist in mei." + filler},
		"caption and credit after the words over a picture": {
			"De markt verhuist in mei." + filler + "\nVolledig scherm De kramen op het oude plein. © Piet Bos\nWaar de kramen komen, is nog een vraag." + filler,
			"[lede]De markt verhuist in mei." + filler + " [boilerplate]Volledig scherm [caption]De kramen op het oude plein. [credit]© Piet Bos [paragraph]Waar de kramen komen, is nog een vraag." + filler},
		"caption and credit in mid-line": {
			"De markt verhuist in mei." + filler + " De kramen op het oude plein. Foto: ANP Waar de kramen komen, is nog een vraag." + filler,
			"[lede]De markt verhuist in mei." + filler + " [caption]De kramen op het oude plein. [credit]Foto: ANP [paragraph]Waar de kramen komen, is nog een vraag." + filler},
		"credit in brackets": {
			"De markt verhuist in mei." + filler + "\nKramen op het plein (foto: Jan de Boer)",
			"[lede]De markt verhuist in mei." + filler + " [caption]Kramen op het plein [credit](foto: Jan de Boer)"},
		"cross-head glued between sentences": {
			"De markt verhuist in mei." + filler + " Boze kooplui Volgens de gemeente kan het niet anders." + filler,
			"[lede]De markt verhuist in mei." + filler + " [heading]Boze kooplui [paragraph]Volgens de gemeente kan het niet anders." + filler},
		"no cross-head: a person with a function": {
			"De markt verhuist in mei." + filler + " Burgemeester De Graaf vindt het plan goed. Oud-wethouder Van der Ven ook." + filler,
			"[lede]De markt verhuist in mei." + filler + " Burgemeester De Graaf vindt het plan goed. Oud-wethouder Van der Ven ook." + filler},
		"cross-head without a space": {
			"De markt verhuist in mei." + filler + " KritiekDe kooplui willen blijven staan waar zij al een eeuw staan." + filler,
			"[lede]De markt verhuist in mei." + filler + " [heading]Kritiek [paragraph]De kooplui willen blijven staan waar zij al een eeuw staan." + filler},
		"cross-head on its own line, list left alone": {
			"De markt verhuist in mei." + filler + "\n\nWinkeliers morren\n\nDe winkels zien minder klanten." + filler + "\n- meer terrassen\n- minder auto's",
			"[lede]De markt verhuist in mei." + filler + " [heading]Winkeliers morren [paragraph]De winkels zien minder klanten." + filler + " [paragraph]- meer terrassen [paragraph]- minder auto's"},
		"pointers": {
			"De markt verhuist in mei." + filler + "\nLees ook:\nKooplui stappen naar de rechter\n\nDe winkels zien minder klanten." + filler,
			"[lede]De markt verhuist in mei." + filler + " [teaser]Lees ook: [teaser]Kooplui stappen naar de rechter [paragraph]De winkels zien minder klanten." + filler},
		"remains inside a line": {
			"De markt verhuist in mei." + filler + " Lees verder onder de advertentie De winkels zien minder klanten." + filler,
			"[lede]De markt verhuist in mei." + filler + " [boilerplate]Lees verder onder de advertentie [paragraph]De winkels zien minder klanten." + filler},
		"only the site": {
			"Deel dit artikel\nWij gebruiken cookies om je ervaring te verbeteren. Accepteer alle cookies of pas je voorkeuren aan.\nLees ook",
			"[boilerplate]Deel dit artikel [boilerplate]Wij gebruiken cookies om je ervaring te verbeteren. Accepteer alle cookies of pas je voorkeuren aan. [boilerplate]Lees ook"},
		"lines broken at a fixed width": {
			"De gemeente heeft gisteren besloten dat de wekelijkse markt in de\nbinnenstad naar een ander plein gaat. Dat heeft wethouder Van\nDijk gezegd.",
			"[lede]De gemeente heeft gisteren besloten dat de wekelijkse markt in de\nbinnenstad naar een ander plein gaat. Dat heeft wethouder Van\nDijk gezegd."},
		"nothing":      {" \n\u200b\n", ""},
		"one asterisk": {"*", "[boilerplate]*"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, marked(apply(t, step, c.raw, 0))); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	step := layout.New(dutch(t))
	a := apply(t, step, "Markt verhuist. Zwolle\n\nDe markt verhuist in mei."+filler, len("Markt verhuist. Zwolle"))
	if a.Title != "Markt verhuist. Zwolle" || a.Blocks[0].Type != document.Title {
		t.Errorf("separate title: got %q, blocks %s", a.Title, marked(a))
	}
	a = apply(t, step, "LIVE | Markt verhuist uit Zwolle\n\nDe markt verhuist in mei."+filler, 0)
	if a.Title != "Markt verhuist uit Zwolle" || a.Blocks[0].Type != document.Label {
		t.Errorf("headline in the text: got %q, blocks %s", a.Title, marked(a))
	}
}

// score scores one half of the gold and checks the floor that the project holds to.
func score(t *testing.T, half string) *gold.Score {
	t.Helper()
	articles, missing, err := gold.Read(filepath.Join("testdata", half), newsFile)
	if err != nil {
		t.Fatal(err)
	}
	if missing > 0 {
		t.Logf("%d news texts are not here: only our own articles are scored", missing)
	}
	step, s := layout.New(dutch(t)), gold.NewScore()
	for _, a := range articles {
		s.Add(a, apply(t, step, a.Raw, a.TitleEnd).Blocks)
	}
	var b strings.Builder
	s.Write(&b)
	t.Logf("%s: %d articles\n%s", half, len(articles), b.String())
	return s
}

// TestGold holds the half that rules were built on, and the half that is only
// reported, to the floor of 90 over all blocks.
func TestGold(t *testing.T) {
	for half, floor := range map[string]float64{"build": 90, "report": 90} {
		t.Run(half, func(t *testing.T) {
			if f1 := score(t, half).All.F1(); f1 < floor {
				t.Errorf("F1 over all blocks is %.2f, the floor is %v", f1, floor)
			}
		})
	}
}

func TestSample(t *testing.T) {
	raw, err := os.ReadFile(sample)
	if err != nil {
		t.Skipf("the sample is not beside this checkout: %v", err)
	}
	data, err := os.ReadFile(sampleOf)
	if err != nil {
		t.Skipf("the sample's gold is not beside this checkout: %v", err)
	}
	var want struct {
		Structure []document.Block `json:"structure"`
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	out, err := apply(t, layout.New(dutch(t)), string(raw), 0).Outside()
	if err != nil {
		t.Fatal(err)
	}
	got := map[document.Block]bool{}
	for _, b := range out.Blocks {
		got[b] = true
	}
	for _, b := range want.Structure {
		if !got[b] {
			t.Errorf("missing %s %q at %v", b.Type, b.Text, b.Span)
		}
	}
}

func TestSiteLists(t *testing.T) {
	s := dutch(t).Site
	for name, list := range map[string][]string{"Labels": s.Labels, "Boilerplate": s.Boilerplate, "Inline": s.Inline,
		"Viewers": s.Viewers, "Calls": s.Calls, "Readers": s.Readers, "SiteWords": s.SiteWords, "Teasers": s.Teasers, "Bylines": s.Bylines, "CreditWords": s.CreditWords, "Agencies": s.Agencies,
		"Openers": s.Openers, "Common": s.Common, "Authors": s.Authors, "Functions": s.Functions, "Links": s.Links, "Verbs": s.Verbs, "Particles": s.Particles,
		"Places": s.Places, "Heads": s.Heads, "Months": s.Months} {
		if len(list) == 0 {
			t.Errorf("the list %s is empty", name)
		}
	}
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	a := &document.Article{Raw: "De markt verhuist."}
	if err := layout.New(dutch(t)).Apply(ctx, a); err != context.Canceled {
		t.Errorf("a step past its deadline returned %v", err)
	}
}
