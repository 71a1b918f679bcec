package plover

import (
	"strings"
	"testing"
)

func TestGoldstein(t *testing.T) {
	t.Parallel()
	// By root, and the leaves where public tables give the same, in the order of the
	// codes; then those where they differ and GDELT's holds.
	for code, want := range map[string]float64{
		"01": 0, "010": 0, "02": 3, "020": 3, "03": 4, "030": 4, "036": 4, "04": 1, "040": 1, "05": 3.5, "06": 6, "07": 7, "08": 5, "080": 5,
		"09": -2, "090": -2, "10": -5, "11": -2, "111": -2, "12": -4, "13": -6, "130": -4.4, "14": -6.5, "15": -7.2, "16": -4, "17": -7, "18": -9, "19": -10, "20": -10,
		"042": 1.9, "043": 2.8, "044": 2.5, "045": 5, "046": 7, "051": 3.4, "054": 6, "057": 8, "061": 6.4, "062": 7.4, "063": 7.4,
		"071": 7.4, "072": 8.3, "073": 7.4, "074": 8.5, "0841": 7, "0871": 9, "0874": 10, "115": -2, "138": -7, "1385": -7, "141": -6.5, "1411": -6.5,
		"144": -7.5, "145": -7.5, "1451": -7.5, "172": -5, "1724": -5, "173": -5, "174": -5, "175": -9, "181": -9, "182": -9.5, "1823": -10, "1833": -10,
		"190": -10, "191": -9.5, "192": -9.5, "193": -10, "195": -10, "2042": -10, "0331": 5.2, "0334": 6, "1241": -4, "1712": -9.2,
		"016": -2, "022": 3.2, "124": -4, "163": -8, "165": -6.5, "166": -7, "1662": -7,
	} {
		if got, ok := Goldstein(code); !ok || got != want {
			t.Errorf("%s is worth %g, %t; want %g", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "0", "1", "00", "21", "210", "ABC"} {
		if v, ok := Goldstein(code); ok || CameoQuad(code) != 0 {
			t.Errorf("%q is worth %g in quad %d, want nothing", code, v, CameoQuad(code))
		}
	}
}

func TestCameoQuad(t *testing.T) {
	t.Parallel()
	want := [...]int{1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4}
	for i, quad := range want {
		root := string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10))
		if got := CameoQuad(root + "0"); got != quad {
			t.Errorf("%s0 is in quad %d, want %d", root, got, quad)
		}
	}
}

// Every type and mode has a code that CAMEO knows.
func TestEveryTypeHasCameo(t *testing.T) {
	t.Parallel()
	for i := range kinds {
		k := &kinds[i]
		for _, code := range append([]string{k.cameo}, codes(k)...) {
			if _, ok := Goldstein(code); !ok || len(code) < 3 || strings.Trim(code, "0123456789") != "" {
				t.Errorf("%s has the code %q", k.name, code)
			}
		}
	}
}

func codes(k *kind) []string {
	var out []string
	for _, m := range k.modes {
		out = append(out, m.cameo)
	}
	return out
}

func TestCameoActor(t *testing.T) {
	t.Parallel()
	types := func(t ...string) (out [3]string) {
		copy(out[:], t)
		return out
	}
	for code, want := range map[string]CameoActor{
		"USAGOV":    {"USAGOV", "USA", "", types("GOV")},
		"USA":       {"USA", "USA", "", types()},
		"COP":       {"COP", "", "", types("COP")},
		"NLDMED":    {"NLDHLH", "NLD", "", types("HLH")},
		"NLDJRN":    {"NLDMED", "NLD", "", types("MED")},
		"MDAGOVPRE": {"MDAGOVSEP", "MDA", "", types("GOV", "SEP")},
		"NLDSOC":    {"NLDCVL", "NLD", "", types("CVL")},
		"NLDUNK":    {"NLD", "NLD", "", types()},
		"IGOEUR":    {"IGOEUREEC", "EUR", "EEC", types("IGO")},
		"IGOUNO":    {"IGOUNO", "", "UNO", types("IGO")},
		"IGONAT":    {"IGOWSTNAT", "WST", "NAT", types("IGO")},
		"IGO":       {"IGO", "", "", types("IGO")},
		"NGO":       {"NGO", "", "", types("NGO")},
		"MNCBUS":    {"MNCBUS", "", "", types("MNC", "BUS")},
		"IMGUAF":    {"IMGUAF", "", "", types("IMG", "UAF")},
		"":          {},
	} {
		c, _ := ParseCode(code)
		if got := c.Cameo(); got != want {
			t.Errorf("%s is %+v, want %+v", code, got, want)
		}
	}
}

func TestFIPS(t *testing.T) {
	t.Parallel()
	for alpha3, want := range map[string]string{
		"NLD": "NL", "BEL": "BE", "DEU": "GM", "USA": "US", "GBR": "UK", "RUS": "RS", "CHN": "CH", "CHE": "SZ", "CHL": "CI", "AUS": "AS", "AUT": "AU",
		"PRK": "KN", "KOR": "KS", "SRB": "RI", "XKX": "KV", "ZAF": "SF", "SAU": "SA", "COD": "CG", "COG": "CF", "COK": "CW", "CCK": "CK", "SDN": "SU",
		"SSD": "OD", "TUR": "TU", "UKR": "UP", "IRQ": "IZ", "IRN": "IR", "ISR": "IS", "ISL": "IC", "IRL": "EI", "NER": "NG", "NGA": "NI", "BLR": "BO",
		"BOL": "BL", "SVK": "LO", "SVN": "SI", "SUR": "NS", "CUW": "UC", "SXM": "NN", "ABW": "AA", "ESP": "SP", "PRT": "PO", "DNK": "DA", "SWE": "SW",
		"LBN": "LE", "LBY": "LY", "LVA": "LG", "LTU": "LH", "EST": "EN", "JPN": "JA", "PHL": "RP", "MMR": "BM", "VNM": "VM", "KHM": "CB", "VAT": "VT",
		"": "", "IGO": "", "ALA": "", "nld": "", "ND:": "", "D:N": "",
	} {
		if got := FIPS(alpha3); got != want {
			t.Errorf("%s has the code %q, want %q", alpha3, got, want)
		}
	}
	seen, last := map[string]string{}, ""
	for pair := range strings.FieldsSeq(fips) {
		alpha3, code, ok := strings.Cut(pair, ":")
		if !ok || len(alpha3) != 3 || len(code) != 2 || alpha3 <= last || seen[code] != "" {
			t.Errorf("the record %q behind %s, and %q has that code too", pair, last, seen[code])
		}
		seen[code], last = alpha3, alpha3
	}
	if len(seen) != 248 {
		t.Errorf("%d countries", len(seen))
	}
}
