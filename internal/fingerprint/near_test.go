package fingerprint

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestNear measures Near on the shared sample of news: on pairs of articles that
// repeat each other there, told by the sequences of three words they share, and
// on articles changed by hand.
//
//	go test -run TestNear -v ./internal/fingerprint
func TestNear(t *testing.T) {
	texts := news(t)
	prints := make([]Print, len(texts))
	for i, text := range texts {
		prints[i] = Of(text)
	}
	t.Run("pairs", func(t *testing.T) { nearPairs(t, texts, prints) })
	rng := rand.New(rand.NewSource(1))
	var other []string
	for _, text := range texts[:100] {
		other = append(other, strings.Fields(text)...)
	}
	for _, c := range []struct {
		name   string
		floor  float64 // per cent still near
		change func([]string) []string
	}{
		{"2 % of words changed", 99, func(w []string) []string { return changed(rng, w, other, 0.02) }},
		{"5 % of words changed", 92, func(w []string) []string { return changed(rng, w, other, 0.05) }},
		{"10 % of words changed", 70, func(w []string) []string { return changed(rng, w, other, 0.10) }},
		{"10 % cut out", 97, func(w []string) []string { return cut(rng, w, 0.10) }},
		{"20 % cut out", 87, func(w []string) []string { return cut(rng, w, 0.20) }},
		{"30 % cut out", 65, func(w []string) []string { return cut(rng, w, 0.30) }},
		{"30 words of another put before", 80, func(w []string) []string {
			k := rng.Intn(len(other) - 30)
			return append(append([]string{}, other[k:k+30]...), w...)
		}},
		{"capitals and marks", 100, func(w []string) []string { return strings.Fields(strings.ToUpper(strings.Join(w, ",  ")) + "!") }},
	} {
		near := 0
		for i, text := range texts {
			if Distance(prints[i], Of(strings.Join(c.change(strings.Fields(text)), " "))) <= Near {
				near++
			}
		}
		share := 100 * float64(near) / float64(len(texts))
		t.Logf("%-32s %.1f %% near", c.name, share)
		if share < c.floor {
			t.Errorf("%s: %.1f %% are near, want %.0f", c.name, share, c.floor)
		}
	}
}

// nearPairs compares every two articles.
func nearPairs(t *testing.T, texts []string, prints []Print) {
	shared := overlaps(texts)
	const alike, unlike = 0.5, 0.2
	var found, same, wrong, apart [65]int
	for i := range prints {
		for j := range i {
			d := Distance(prints[i], prints[j])
			switch share := shared[[2]int{j, i}]; {
			case share >= alike:
				same[0]++
				found[d]++
			case share < unlike:
				apart[0]++
				wrong[d]++
			}
		}
	}
	hits, misses := 0, 0
	for d := range 17 {
		hits, misses = hits+found[d], misses+wrong[d]
		t.Logf("distance %2d: %d of %d pairs alike, %d of %d unlike", d, hits, same[0], misses, apart[0])
		if d == Near && (hits*100 < 90*same[0] || misses > 1+apart[0]/1e6) {
			t.Errorf("at distance %d %d of %d pairs alike are found, and %d of %d unlike", d, hits, same[0], misses, apart[0])
		}
	}
}

// overlaps gives, for pairs of texts that share any, the share of common
// sequences of three words in all of theirs (Jaccard). Sequences in more than
// forty texts are set phrases and not counted as common.
func overlaps(texts []string) map[[2]int]float64 {
	where := map[string][]int{}
	sizes := make([]int, len(texts))
	for i, text := range texts {
		w := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		for k := 2; k < len(w); k++ {
			seq := strings.Join(w[k-2:k+1], " ")
			if l := where[seq]; len(l) == 0 || l[len(l)-1] != i {
				where[seq] = append(l, i)
				sizes[i]++
			}
		}
	}
	common := map[[2]int]int{}
	for _, l := range where {
		if len(l) > 40 {
			continue
		}
		for k, i := range l {
			for _, j := range l[:k] {
				common[[2]int{j, i}]++
			}
		}
	}
	out := map[[2]int]float64{}
	for pair, n := range common {
		out[pair] = float64(n) / float64(sizes[pair[0]]+sizes[pair[1]]-n)
	}
	return out
}

func changed(rng *rand.Rand, words, other []string, share float64) []string {
	out := append([]string{}, words...)
	for i := range out {
		if rng.Float64() < share {
			out[i] = other[rng.Intn(len(other))]
		}
	}
	return out
}

func cut(rng *rand.Rand, words []string, share float64) []string {
	n := int(share * float64(len(words)))
	k := rng.Intn(len(words) - n + 1)
	return append(append([]string{}, words[:k]...), words[k+n:]...)
}

// news reads the articles of 40 words and more of the shared sample.
func news(tb testing.TB) []string {
	tb.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "news", "dpg-2019.jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		tb.Skipf("the shared news sample is not here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	var out []string
	for in.Scan() {
		var d struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			tb.Fatal(err)
		}
		if len(strings.Fields(d.Text)) >= 40 {
			out = append(out, d.Text)
		}
	}
	return out
}
