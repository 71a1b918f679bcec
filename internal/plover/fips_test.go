package plover

import (
	"compress/gzip"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// What is not mended is as in the source, and all of the source is there.
func TestFIPSAgreesWithCountryInfo(t *testing.T) {
	t.Parallel()
	// The codes that are wrong there: of another country, or none that FIPS 10-4 knows;
	// Palestine has that of Gaza, where the West Bank is meant too.
	mended := map[string]string{"COG": "CG", "COK": "CK", "KGZ": "KY", "PCN": "PV", "TKL": "TK", "ZAF": "SA", "PSE": "GZ"}
	f, err := os.Open("../../../shared/data/actors/CountryInfo.120116.txt.gz")
	if err != nil {
		t.Skipf("the source of the table is not here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	fipsOf, isoOf := regexp.MustCompile(`<FIPS-10>([A-Z]{2})</FIPS-10>`), regexp.MustCompile(`<ISO3166-alpha3>([A-Z]{3})</ISO3166-alpha3>`)
	seen := 0
	for _, country := range strings.Split(string(text), "<Country>")[1:] {
		code, alpha3 := fipsOf.FindStringSubmatch(country), isoOf.FindStringSubmatch(country)
		if code == nil || alpha3 == nil || alpha3[1] == "JON" { // Johnston Atoll is no country of ISO 3166
			continue
		}
		seen++
		got := FIPS(alpha3[1])
		if wrong := mended[alpha3[1]]; got == "" || (got == code[1]) == (wrong == code[1]) {
			t.Errorf("%s has the code %q, in the source %q", alpha3[1], got, code[1])
		}
	}
	if seen < 220 {
		t.Errorf("only %d countries in the source", seen)
	}
}
