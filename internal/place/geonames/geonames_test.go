package geonames

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"telex/internal/nlp/namekey"
)

// loaded gives the embedded table.
func loaded(tb testing.TB) *Table {
	tb.Helper()
	t, err := Load()
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func TestEmbeddedTable(t *testing.T) {
	t.Parallel()
	table := loaded(t)
	if n := table.Len(); n < 130_000 {
		t.Errorf("%d places, want more than 130,000", n)
	}
	for _, tt := range []struct {
		name, country string
		id            uint32 // of the most populous with that name
	}{
		{"Amsterdam", "NL", 2759794}, {"amsterdam", "NL", 2759794}, {"Pyongyang", "KP", 1871859}, {"'s-Hertogenbosch", "NL", 2747351},
		{"s Hertogenbosch", "NL", 2747351}, {"Mexico City", "MX", 3530597}, {"Munchen", "", 0}, {"", "", 0}, {"-", "", 0},
		{"Washington, D.C.", "US", 4140963}, {"Gent", "BE", 2797656}, {strings.Repeat("Amsterdam", 1000), "", 0}, {"\xff\x00", "", 0},
	} {
		got := table.Find(tt.name)
		if len(got) == 0 {
			if tt.id != 0 {
				t.Errorf("Find(%q) found nothing", tt.name)
			}
			continue
		}
		if p := table.At(got[0]); p.ID != tt.id || p.Country != tt.country {
			t.Errorf("Find(%q) = %+v, want %d in %s", tt.name, p, tt.id, tt.country)
		}
	}
	i, ok := table.ByID(1871859)
	want := Place{1871859, "Pyongyang", "KP", "12", "PPLC", 3222000, 39.03385, 125.75432}
	if diff := cmp.Diff(want, table.At(i)); !ok || diff != "" {
		t.Errorf("ByID(1871859) (-want +got):\n%s", diff)
	}
	if _, ok := table.ByID(1); ok {
		t.Error("ByID(1) finds a place")
	}
}

// Every place of the embedded table is found by its name, and the index is in the
// order of the keys that this program makes.
func TestEveryPlaceIsFoundByItsName(t *testing.T) {
	t.Parallel()
	table := loaded(t)
	before := ""
	for n, i := range table.byName {
		key := namekey.Of(table.name(i))
		if key < before {
			t.Fatalf("entry %d, %q, stands after %q", n, key, before)
		}
		before = key
		if n%97 == 0 && key != "" && !slices.Contains(table.Find(table.name(i)), i) {
			t.Errorf("place %d is not found as %q", table.ids[i], table.name(i))
		}
	}
}

// somePlaces draws places with different ids.
func somePlaces(t *rapid.T) []Place {
	place := rapid.Custom(func(t *rapid.T) Place {
		return Place{
			ID:         rapid.Uint32().Draw(t, "id"),
			Name:       rapid.StringMatching(`[A-Za-zé' -]{1,12}`).Draw(t, "name"),
			Country:    rapid.StringMatching(`[A-C]{2}`).Draw(t, "country"),
			Admin1:     rapid.StringMatching(`[0-9A-Z]{0,2}`).Draw(t, "admin1"),
			Feature:    rapid.SampledFrom([]string{"PPL", "PPLC", "PPLX"}).Draw(t, "feature"),
			Population: rapid.IntRange(0, 30_000_000).Draw(t, "population"),
			Lat:        float64(rapid.IntRange(-9_000_000, 9_000_000).Draw(t, "lat")) / degree,
			Lon:        float64(rapid.IntRange(-18_000_000, 18_000_000).Draw(t, "lon")) / degree,
		}
	})
	return rapid.SliceOfNDistinct(place, 1, 40, func(p Place) uint32 { return p.ID }).Draw(t, "places")
}

func TestWriteAndRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		places := somePlaces(t)
		var file bytes.Buffer
		if err := New(places).Write(&file); err != nil {
			t.Fatal(err)
		}
		table, err := Read(bytes.NewReader(file.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range places {
			i, ok := table.ByID(p.ID)
			if !ok {
				t.Fatalf("place %d is gone", p.ID)
			}
			if diff := cmp.Diff(p, table.At(i)); diff != "" {
				t.Fatalf("place %d (-want +got):\n%s", p.ID, diff)
			}
			found := table.Find(p.Name)
			if namekey.Of(p.Name) != "" && !slices.Contains(found, i) {
				t.Fatalf("%q is not found", p.Name)
			}
			for n := 1; n < len(found); n++ {
				if table.population[found[n-1]] < table.population[found[n]] {
					t.Fatalf("%q: the less populous comes first", p.Name)
				}
			}
		}
		var again bytes.Buffer
		if err := table.Write(&again); err != nil || !bytes.Equal(file.Bytes(), again.Bytes()) {
			t.Fatalf("written again it differs, or: %v", err)
		}
	})
}

func TestReadRefusesDamage(t *testing.T) {
	t.Parallel()
	if _, err := Read(bytes.NewReader(embedded[:len(embedded)/2])); err == nil {
		t.Error("half a table is accepted")
	}
	if _, err := Read(strings.NewReader("")); err == nil {
		t.Error("an empty file is accepted")
	}
	spoilt := bytes.Clone(embedded)
	spoilt[len(spoilt)/2] ^= 1
	if _, err := Read(bytes.NewReader(spoilt)); err == nil {
		t.Error("a table with a wrong bit is accepted")
	}
}

// FuzzDecode holds that no bytes break the reading of a table, and that what is
// accepted can be looked up in.
func FuzzDecode(f *testing.F) {
	var plain bytes.Buffer
	table := New([]Place{{1, "Ede", "NL", "03", "PPL", 67670, 52, 5.6}, {7, "Epe", "NL", "", "PPL", 0, -1, -1}})
	if err := table.encode(&plain); err != nil {
		f.Fatal(err)
	}
	f.Add(plain.Bytes())
	f.Add(plain.Bytes()[:40])
	f.Fuzz(func(t *testing.T, data []byte) {
		table := &Table{}
		if table.decode(data) != nil || table.check() != nil {
			return
		}
		for i := range table.ids {
			p := table.At(Index(i))
			table.Find(p.Name)
			if _, ok := table.ByID(p.ID); !ok {
				t.Fatalf("place %d is not found by its id", p.ID)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	table := loaded(b)
	names := []string{"Amsterdam", "Santa Cruz", "Hijschgebouw", "'s-Hertogenbosch"}
	b.ReportAllocs()
	for i := range b.N {
		table.Find(names[i%len(names)])
	}
}
