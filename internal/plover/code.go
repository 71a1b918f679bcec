package plover

// Code is who a party is. Either field may be "", for what is not known.
type Code struct {
	Country string // ISO 3166 alpha-3, XKX for Kosovo, or a kind of body: IGO, NGO, MNC, IMG, ISM
	Sector  string // one or more codes of three letters: GOV; of an IGO which it is: EUR, UNO
}

// ParseCode takes the code of a party apart: USAGOV, the bare country USA, the bare
// sector COP. A sector of several codes (GOVPRE) stays one. No sector is a country,
// so that the first three letters tell which they are. False for what is not made of
// groups of three capitals.
func ParseCode(s string) (Code, bool) {
	if len(s) == 0 || len(s)%3 != 0 {
		return Code{}, false
	}
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return Code{}, false
		}
	}
	if IsSector(s[:3]) {
		return Code{Sector: s}, true
	}
	return Code{Country: s[:3], Sector: s[3:]}, true
}

// String puts the code together again.
func (c Code) String() string { return c.Country + c.Sector }

// Plover gives the code by the tables of PLOVER's manual where Telex has another: the
// United Nations and the European Union are UNO and EUR, other bodies of states plain
// IGO; and Kosovo is KOS. What is no sector is left out.
func (c Code) Plover() Code {
	switch c.String() {
	case "IGOUNO":
		return Code{Country: "UNO"}
	case "IGOEUR":
		return Code{Country: "EUR"}
	}
	out := Code{Country: c.Country}
	if c.Country == "XKX" {
		out.Country = "KOS"
	}
	for s := c.Sector; len(s) >= 3; s = s[3:] {
		if IsSector(s[:3]) {
			out.Sector += s[:3]
		}
	}
	return out
}
