package namekey

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Amsterdam": "amsterdam", "Curaçao": "curacao", "'s-Hertogenbosch": "s hertogenbosch", "’s Hertogenbosch": "s hertogenbosch",
		"P'yŏngyang": "pyongyang", "Ḩalabjah": "halabjah", "São  Paulo": "sao paulo", "Tórshavn": "torshavn", "Straße": "strasse",
		"Ålesund": "alesund", "Malmö": "malmo", "Łódź": "lodz", "Đà Nẵng": "da nang", "İzmir": "izmir", "Diyarbakır": "diyarbakir",
		"Zürich": "zurich", "Zu\u0308rich": "zurich", "Nieuw‑Vennep": "nieuw vennep", "St. Louis": "st louis", "Москва": "москва",
		"": "", "-": "", " - ": "", "'": "", "a\x00b": "ab", "Noord\u00adHolland": "noordholland",
	} {
		if got := Of(name); got != want {
			t.Errorf("Of(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestEveryAccentedLetterIsInATable(t *testing.T) {
	t.Parallel()
	for _, a := range accented {
		for _, r := range a.letters {
			if got := Of(string(r)); got != string(a.plain) {
				t.Errorf("Of(%q) = %q, want %q", r, got, a.plain)
			}
		}
	}
}

// A key is its own key, has no capitals, and is at most twice as long as its name.
func TestKeysAreFixed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		key := Of(name)
		if again := Of(key); again != key {
			t.Fatalf("the key of %q is %q, and of that %q", name, key, again)
		}
		if len(key) > 2*len(name) {
			t.Fatalf("the key of %q is %d bytes long", name, len(key))
		}
		for _, r := range key {
			if unicode.ToLower(r) != r {
				t.Fatalf("the key of %q holds the capital %q", name, r)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	b.ReportAllocs()
	buffer := make([]byte, 0, 64)
	for b.Loop() {
		buffer = Append(buffer[:0], "Sint-Job-in-'t-Goor")
	}
}
