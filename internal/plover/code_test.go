package plover

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseCode(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Code{
		"USAGOV": {"USA", "GOV"}, "USA": {"USA", ""}, "COP": {"", "COP"}, "IGOEUR": {"IGO", "EUR"}, "IGO": {"IGO", ""},
		"NGO": {"NGO", ""}, "MNC": {"MNC", ""}, "XKXGOV": {"XKX", "GOV"}, "MDAGOVPRE": {"MDA", "GOVPRE"}, "ISMUAF": {"ISM", "UAF"},
		"GOVPRE": {"", "GOVPRE"}, "UNK": {"", "UNK"}, "DDRGOV": {"DDR", "GOV"},
	} {
		if got, ok := ParseCode(s); !ok || got != want {
			t.Errorf("%s is %+v, %t; want %+v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "US", "USAG", "usagov", "USA.*.", "USÄ", "USA>OV", "---"} {
		if got, ok := ParseCode(s); ok || got != (Code{}) {
			t.Errorf("%q is %+v, want no code", s, got)
		}
	}
}

// What is taken apart goes together again, and no sector is taken for a country.
func TestParseCodeLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringMatching(`([A-Z]{3}){0,4}`), rapid.String()).Draw(t, "code")
		c, ok := ParseCode(s)
		if ok && c.String() != s || !ok && c != (Code{}) || IsSector(c.Country) {
			t.Fatalf("%q is %+v, %t", s, c, ok)
		}
	})
}

func TestPlover(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Code{
		"USAGOV": {"USA", "GOV"}, "COP": {"", "COP"}, "IGOUNO": {"UNO", ""}, "IGOEUR": {"EUR", ""}, "IGONAT": {"IGO", ""}, "NLDMED": {"NLD", "MED"},
		"XKXGOV": {"KOS", "GOV"}, "MDAGOVPRE": {"MDA", "GOVPRE"}, "NLDUNK": {"NLD", "UNK"},
	} {
		c, _ := ParseCode(s)
		if got := c.Plover(); got != want {
			t.Errorf("%s is %+v in PLOVER, want %+v", s, got, want)
		}
	}
}
