// Package plover is the ontology of events: the types, modes, contexts and sectors
// of PLOVER (Open Event Data Alliance, manual of February 2024) with their scores,
// quads and CAMEO codes. It knows no language.
//
// Where the manual contradicts itself this is what holds: ACCUSE, printed with the
// score 3, has -3, as all its modes are negative; SANCTION is material conflict
// (quad 4), as its own section says; PROTEST vandalize, printed without a score,
// has that of its type.
package plover

import "slices"

// Type is one of the sixteen types of events.
type Type string

// The types of events.
const (
	Agree     Type = "AGREE"
	Consult   Type = "CONSULT"
	Support   Type = "SUPPORT"
	Concede   Type = "CONCEDE"
	Cooperate Type = "COOPERATE"
	Aid       Type = "AID"
	Retreat   Type = "RETREAT"
	Request   Type = "REQUEST"
	Accuse    Type = "ACCUSE"
	Reject    Type = "REJECT"
	Threaten  Type = "THREATEN"
	Protest   Type = "PROTEST"
	Sanction  Type = "SANCTION"
	Mobilize  Type = "MOBILIZE"
	Coerce    Type = "COERCE"
	Assault   Type = "ASSAULT"
)

// Quads, as numbered in the records of events.
const (
	VerbalCooperation   = 1
	MaterialCooperation = 2
	VerbalConflict      = 3
	MaterialConflict    = 4
)

// mode is a mode of a type, its score and the CAMEO code nearest to it.
type mode struct {
	name  string
	score float64
	cameo string
}

// kind is a type with all that the ontology says of it.
type kind struct {
	name           Type
	quad           int
	score          float64
	cameo          string
	needsRecipient bool
	modes          []mode
}

var kinds = [...]kind{
	{Agree, 1, 2.5, "030", false, nil},
	{Consult, 1, 2.5, "040", false, []mode{{"visit", 4, "042"}, {"third-party", 1, "045"}, {"multilateral", 4, "046"}, {"phone", 1.5, "041"}}},
	{Support, 1, 5, "050", false, nil},
	{Concede, 1, 4.5, "080", false, nil},
	{Cooperate, 2, 9.5, "060", true, nil},
	{Aid, 2, 10, "070", true, nil},
	{Retreat, 2, 6.5, "080", false, []mode{{"withdraw", 8, "0874"}, {"release", 6.5, "0841"}, {"disarm", 10, "0873"}, {"ceasefire", 7.5, "0871"}, {"access", 6.5, "0861"}, {"resign", 4.5, "0831"}}},
	{Request, 3, 0, "100", false, []mode{{"assist", 0.5, "103"}, {"change", -1, "104"}, {"yield", -1, "105"}, {"meet", 0, "106"}}},
	{Accuse, 3, -3, "112", false, []mode{{"disapprove", -2, "111"}, {"investigate", -3.5, "090"}, {"allege", -3.5, "112"}}},
	{Reject, 3, -2, "120", false, []mode{{"assist", -1.5, "122"}, {"change", -2, "123"}, {"yield", -2, "124"}, {"meet", -2, "125"}}},
	{Threaten, 3, -3.5, "130", false, []mode{{"restrict", -3, "132"}, {"arrest", -3.5, "137"}, {"relations", -3.5, "131"}, {"expel", -3.5, "1313"}, {"territory", -4, "1382"}, {"violence", -3.5, "138"}}},
	{Protest, 4, -5, "140", false, []mode{{"demo", -5, "141"}, {"riot", -7, "145"}, {"strike", -5, "143"}, {"hunger", -4.5, "142"}, {"boycott", -4.5, "143"}, {"obstruct", -4.5, "144"}, {"vandalize", -5, "145"}}},
	{Sanction, 4, -6, "160", true, []mode{{"convict", -6, "173"}, {"expel", -5.5, "161"}, {"withdraw", -6, "166"}, {"discontinue", -6, "163"}}},
	{Mobilize, 4, -5.5, "150", false, []mode{{"troops", -6.5, "152"}, {"weapons", -6.5, "153"}, {"police", -5.5, "151"}, {"militia", -6, "154"}}},
	{Coerce, 4, -7, "170", false, []mode{{"seize", -7, "171"}, {"restrict", -7, "172"}, {"censor", -6.5, "172"}, {"curfew", -6.5, "1723"}, {"martial-law", -7.5, "1724"}, {"arrest", -7, "173"}, {"deport", -7, "174"}, {"withhold", -7, "175"}, {"misinformation", -6.5, "170"}, {"cyber", -7, "176"}}},
	{Assault, 4, -9, "180", false, []mode{{"abduct", -8.5, "181"}, {"beat", -7.5, "182"}, {"torture", -8.5, "1822"}, {"sexual", -8.5, "1821"}, {"targeted", -9.5, "186"}, {"destroy", -8.5, "180"}, {"primitive", -8, "190"}, {"firearms", -9, "193"}, {"explosives", -9, "183"}, {"suicide-attack", -9.5, "1831"}, {"aerial", -9.5, "195"}, {"drone", -9.5, "195"}, {"heavy-weapons", -9.5, "194"}, {"crowd-control", -7.5, "175"}, {"unconventional", -10, "204"}}},
}

var contexts = [...]string{
	"military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy", "pro_autocracy",
	"economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression", "human_security", "gender", "lgbt",
	"religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration", "disasters",
	"natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
	"illegal_drugs", "trafficking",
}

var sectors = [...]string{
	"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK",
	"AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
}

// Types lists the types, from cooperation to conflict.
func Types() []Type {
	out := make([]Type, len(kinds))
	for i := range kinds {
		out[i] = kinds[i].name
	}
	return out
}

// Contexts lists the contexts, in the order of the manual.
func Contexts() []string { return slices.Clone(contexts[:]) }

// IsContext tells whether a context is one of the manual.
func IsContext(s string) bool { return slices.Contains(contexts[:], s) }

// IsSector tells whether s is the code of a sector: GOV, COP, CVL.
func IsSector(s string) bool { return slices.Contains(sectors[:], s) }

// IsBody tells whether s stands in the place of a country for a kind of body that
// has none: IGO of states, NGO, MNC of companies, IMG and ISM of militants.
func IsBody(s string) bool {
	switch s {
	case "IGO", "NGO", "MNC", "IMG", "ISM":
		return true
	}
	return false
}

// Known tells whether there is a type, and the mode in it; "" is no mode.
func Known(t Type, mode string) bool {
	k := find(t)
	return k != nil && (mode == "" || k.find(mode) != nil)
}

// Quad is the quarter of cooperation and conflict, verbal and material, 1 to 4.
func Quad(t Type) int {
	if k := find(t); k != nil {
		return k.quad
	}
	return 0
}

// Score is the manual's score of conflict and cooperation, -10 to 10.
func Score(t Type, mode string) float64 {
	k := find(t)
	if k == nil {
		return 0
	}
	if m := k.find(mode); m != nil {
		return m.score
	}
	return k.score
}

// Cameo is the CAMEO code nearest to a type and mode, for events whose words say
// nothing more exact.
func Cameo(t Type, mode string) string {
	k := find(t)
	if k == nil {
		return ""
	}
	if m := k.find(mode); m != nil {
		return m.cameo
	}
	return k.cameo
}

// NeedsRecipient tells whether there is no event of the type without a recipient.
func NeedsRecipient(t Type) bool {
	k := find(t)
	return k != nil && k.needsRecipient
}

// Material tells whether a type is of deeds, not words.
func Material(t Type) bool {
	q := Quad(t)
	return q == MaterialCooperation || q == MaterialConflict
}

func find(t Type) *kind {
	for i := range kinds {
		if kinds[i].name == t {
			return &kinds[i]
		}
	}
	return nil
}

func (k *kind) find(name string) *mode {
	for i := range k.modes {
		if k.modes[i].name == name {
			return &k.modes[i]
		}
	}
	return nil
}
