package plover

// scale is a CAMEO code and its value on the scale of Goldstein.
type scale struct {
	code  string
	value float64
}

// goldstein holds the values of GDELT's table CAMEO.goldsteinscale.txt (after
// Goldstein 1992, A Conflict-Cooperation Scale for WEIS Events Data). A code that is
// not here has the value of the code it is under. The other public table, that of the
// Phoenix pipeline, has 016 3.4, 022 3.4, 124 -5, 163 -6.5, 165 -7 and 166 -8: GDELT's
// holds, as these values stand in the form of GDELT.
var goldstein = [...]scale{
	{"01", 0}, {"011", -0.1}, {"012", -0.4}, {"013", 0.4}, {"016", -2}, {"018", 3.4}, {"019", 3.4},
	{"02", 3}, {"021", 3.4}, {"022", 3.2}, {"023", 3.4}, {"024", -0.3}, {"025", -0.3}, {"026", 4}, {"027", 4}, {"028", 4},
	{"03", 4}, {"031", 5.2}, {"032", 4.5}, {"033", 5.2}, {"0334", 6}, {"034", 7}, {"035", 7}, {"037", 5}, {"038", 7}, {"039", 5},
	{"04", 1}, {"042", 1.9}, {"043", 2.8}, {"044", 2.5}, {"045", 5}, {"046", 7},
	{"05", 3.5}, {"051", 3.4}, {"053", 3.8}, {"054", 6}, {"055", 7}, {"056", 7}, {"057", 8},
	{"06", 6}, {"061", 6.4}, {"062", 7.4}, {"063", 7.4}, {"064", 7},
	{"07", 7}, {"071", 7.4}, {"072", 8.3}, {"073", 7.4}, {"074", 8.5},
	{"08", 5}, {"084", 7}, {"085", 7}, {"086", 9}, {"087", 9}, {"0874", 10},
	{"09", -2},
	{"10", -5},
	{"11", -2},
	{"12", -4}, {"125", -5}, {"126", -5}, {"127", -5}, {"128", -5}, {"129", -5},
	{"13", -6}, {"130", -4.4}, {"131", -5.8}, {"132", -5.8}, {"133", -5.8}, {"134", -5.8}, {"135", -5.8}, {"136", -7}, {"137", -7}, {"138", -7}, {"139", -7},
	{"14", -6.5}, {"144", -7.5}, {"145", -7.5},
	{"15", -7.2},
	{"16", -4}, {"162", -5.6}, {"163", -8}, {"164", -7}, {"165", -6.5}, {"166", -7},
	{"17", -7}, {"171", -9.2}, {"172", -5}, {"173", -5}, {"174", -5}, {"175", -9},
	{"18", -9}, {"182", -9.5}, {"1821", -9}, {"1822", -9}, {"1823", -10}, {"183", -10}, {"184", -8}, {"185", -8}, {"186", -10},
	{"19", -10}, {"191", -9.5}, {"192", -9.5}, {"196", -9.5},
	{"20", -10}, {"201", -9.5},
}

// Goldstein is the value of a CAMEO code on the scale of Goldstein as GDELT has it,
// -10 to 10; false for what is under no root of CAMEO.
func Goldstein(code string) (float64, bool) {
	best, value := 0, 0.0
	for i := range goldstein {
		if g := &goldstein[i]; len(g.code) > best && len(code) >= len(g.code) && code[:len(g.code)] == g.code {
			best, value = len(g.code), g.value
		}
	}
	return value, best > 0
}

// CameoQuad is GDELT's QuadClass of a CAMEO code, by its root: verbal cooperation
// 01-05, material cooperation 06-08, verbal conflict 09-13, material conflict 14-20.
// It may differ from Quad of the PLOVER type. 0 for what is under no root.
func CameoQuad(code string) int {
	if _, ok := Goldstein(code); !ok {
		return 0
	}
	switch root := code[:2]; {
	case root <= "05":
		return VerbalCooperation
	case root <= "08":
		return MaterialCooperation
	case root <= "13":
		return VerbalConflict
	}
	return MaterialConflict
}

// CameoActor is a party by the actor codes of CAMEO 1.1b3, in the columns of GDELT.
// What does not apply is "".
type CameoActor struct {
	Code    string    // all of it: USAGOV, IGOEUREEC
	Country string    // a country, or EUR and WST for the bodies of a region
	Group   string    // a known body: UNO, EEC, NAT
	Types   [3]string // IGO, GOV, HLH
}

// bodies are the parties that CAMEO names by region and body.
var bodies = [...]struct {
	code  string
	cameo CameoActor
}{
	{"IGOEUR", CameoActor{"IGOEUREEC", "EUR", "EEC", [3]string{"IGO"}}},
	{"IGOUNO", CameoActor{"IGOUNO", "", "UNO", [3]string{"IGO"}}},
	{"IGONAT", CameoActor{"IGOWSTNAT", "WST", "NAT", [3]string{"IGO"}}},
}

// Cameo gives the party in CAMEO, whose sectors are not all those of PLOVER: what is
// MED there are the media, and HLH is health. Paramilitaries (PRM) are MIL, as in the
// agents of the Phoenix dictionaries, from which also PTY and REL come, that GDELT's
// list has not; would-be states (PRE) are separatists (SEP), civil society (SOC)
// civilians (CVL). The unknown (UNK) have no type. Countries keep their alpha-3.
func (c Code) Cameo() CameoActor {
	for i := range bodies {
		if bodies[i].code == c.String() {
			return bodies[i].cameo
		}
	}
	a := CameoActor{Country: c.Country}
	types := a.Types[:0]
	switch c.Country {
	case "IGO", "NGO", "MNC", "IMG", "ISM":
		a.Country = ""
		types = append(types, c.Country)
	}
	for s := c.Sector; len(s) >= 3 && len(types) < len(a.Types); s = s[3:] {
		if t := cameoType(s[:3]); t != "" {
			types = append(types, t)
		}
	}
	a.Code = a.Country
	for _, t := range a.Types {
		a.Code += t
	}
	return a
}

// cameoType is the type of CAMEO for a sector of PLOVER, "" for none.
func cameoType(sector string) string {
	switch sector {
	case "JRN":
		return "MED"
	case "MED":
		return "HLH"
	case "PRM":
		return "MIL"
	case "PRE":
		return "SEP"
	case "SOC":
		return "CVL"
	case "COP", "GOV", "JUD", "LEG", "MIL", "REB", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "LAB", "REF", "OPP", "PTY", "REL":
		return sector
	}
	return ""
}
