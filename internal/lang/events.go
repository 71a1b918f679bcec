package lang

import (
	"slices"
	"strings"

	"telex/internal/nlp/namekey"
	"telex/internal/plover"
)

// EventCode is what a pattern makes of the words that it fits.
type EventCode struct {
	Type     plover.Type
	Mode     string // one of the type; "" for none, or ByContent
	Cameo    string
	Contexts []string
}

// ByContent is the mode of a code whose mode is that of what is asked, refused or
// threatened.
const ByContent = "?"

// SlotRole is the part that the filler of a slot has in the event.
type SlotRole byte

// The roles of fillers.
const (
	ActorRole     SlotRole = 'A'
	RecipientRole SlotRole = 'R'
	SideRole      SlotRole = 'S' // one of two or more sides that do the same
	ContentRole   SlotRole = 'C' // what is asked, promised, refused, alleged
	PlaceRole     SlotRole = 'P'
)

// The slots that are no prepositions.
const (
	SubjectSlot   = "subj"
	ObjectSlot    = "obj"
	IndirectSlot  = "iobj"
	PossessorSlot = "poss"
	AdjectiveSlot = "adj"
	ClauseSlot    = "clause"
	FiniteSlot    = "finite"
	SpeakerSlot   = "speaker" // who says the quotation in which the trigger stands
)

// EventSlot says where a party of an event stands.
type EventSlot struct {
	Names   []string // slots, or prepositions; the first that is filled counts
	Role    SlotRole
	Must    bool     // without it the pattern does not hold
	Sectors []string // sectors or kinds of bodies of which the party must be; nil for any
}

// PartKind says how a part of a phrase goes with its verb.
type PartKind byte

// The kinds of parts.
const (
	ObjectPart  PartKind = iota // the object, or the subject of the passive
	ObliquePart                 // a noun behind a preposition
	BesidePart                  // a word by itself
)

// EventPart is a part of the phrase that a verb makes with other words.
type EventPart struct {
	Kind  PartKind
	Prep  string // of an ObliquePart
	Words *WordSet
}

// EventPattern is one pattern of the tables.
type EventPattern struct {
	Trigger    string // lemma, a separable verb in one: opleggen
	Where      string // file and line: consult.txt:12
	Code       EventCode
	Also       *EventCode // a second event beside it; nil for none
	Noun       bool
	Compounds  bool // a noun may end in it
	Reflexive  bool
	Predicate  bool // the trigger stands with a copula
	General    bool // of all words of a part of speech whose sense is the type
	Parts      []EventPart
	Slots      []EventSlot
	Weak       bool   // only with a known actor and a known recipient
	Strong     bool   // even where neither is told
	Realis     string // what the pattern says of it: future, hypothetical, negated; or ""
	By         string // sector of who did it where the text does not say; or ""
	transitive bool   // hasObject, once for all
	To         string // sector of those to whom it goes where the text does not say; or ""
}

// Transitive tells whether a pattern has an object.
func (p *EventPattern) Transitive() bool { return p.transitive }

func (p *EventPattern) hasObject() bool {
	for _, part := range p.Parts {
		if part.Kind == ObjectPart {
			return true
		}
	}
	return slices.ContainsFunc(p.Slots, func(s EventSlot) bool { return slices.Contains(s.Names, ObjectSlot) })
}

// WordSet is a set of lemmas, some of which may end a compound. The lemmas hold
// no mark between the parts of a word.
type WordSet struct {
	words map[string]bool
	ends  []string
}

// Has tells whether a lemma is of the set.
func (w *WordSet) Has(lemma string) bool {
	if w.words[lemma] {
		return true
	}
	for _, end := range w.ends {
		if strings.HasSuffix(lemma, end) {
			return true
		}
	}
	return false
}

// EventWord is a use of a small word around events.
type EventWord uint8

// The kinds of words around events; words.txt of a pack explains them.
const (
	NotWord EventWord = iota
	MaybeWord
	IfWord
	WillWord
	WantWord
	CanWord
	MustWord
	WouldWord
	PlanWord
	ComingWord
	SupportWord
	UndergoWord
	PreventWord
	BeWord
	ObjectControlWord
	EachOtherWord
	WhichWord
	BetweenWord
	AgentWord
	WithinWord
	OriginWord
	BothWord
	PartyWord
	CalledWord
	MeasureWord
	HarmWord
	PerfectWord
	MeansWord
	FallWord
	AboutWord
	MoreWord
	OnlyWord
	ArmedWord
	PeerWord
	DwellingWord
	BehalfWord
	KnowWord
	DoingWord
	PressureWord
	AnybodyWord
	OccasionWord
	CompareWord
	PrepositionWord
	ArticleWord
	ReflexiveWord
	EndingWord
	BorderWord
	LandWord
	eventWords
)

var eventWordNames = [eventWords]string{"not", "maybe", "if", "will", "want", "can", "must", "would", "plan", "coming", "support", "undergo", "prevent", "be",
	"objectcontrol", "eachother", "which", "between", "agent", "within", "origin", "both", "party", "called", "measure", "harm", "perfect", "means", "fall", "about", "more", "only", "armed", "peer", "dwelling", "behalf", "know", "doing", "pressure", "anybody", "occasion", "compare", "preposition", "article", "reflexive", "ending", "border", "land"}

// Events is what a language says of events. It is immutable.
type Events struct {
	verbs      map[string]*VerbPatterns
	nouns      map[string][]*EventPattern
	nounEnds   map[string][]*EventPattern
	predicates map[string][]*EventPattern // by each word of the first part
	predEnds   map[string][]*EventPattern
	count      int
	actors     map[string]string
	actorEnds  map[string]string
	bodies     map[string]string
	offices    map[string]string
	contexts   map[string][]string
	contextEnd map[string][]string
	quiet      map[string]string
	quietEnds  map[string]string
	words      [eventWords]map[string]bool
	general    map[general]*EventPattern
}

// The triggers of general patterns: where parties stand about any word of a part of
// speech that hints at a type.
const (
	GeneralVerb      = "<verb>"
	GeneralNoun      = "<noun>"
	GeneralAdjective = "<adjective>"
)

var generalTriggers = [...]string{GeneralVerb, GeneralNoun, GeneralAdjective}

// general is the key of a general pattern.
type general struct {
	trigger string
	typ     plover.Type
}

// General gives the general pattern of a type; nil where there is none.
func (e *Events) General(trigger string, typ plover.Type) *EventPattern {
	return e.general[general{trigger, typ}]
}

// Patterns is the number of patterns.
func (e *Events) Patterns() int { return e.count }

// Verb gives the patterns of a verb, by its lemma in one word; nil for none.
func (e *Events) Verb(lemma string) *VerbPatterns { return e.verbs[lemma] }

// Noun gives the patterns of a noun, by its lemma in one word.
func (e *Events) Noun(lemma string) []*EventPattern {
	if exact := e.nouns[lemma]; len(exact) > 0 {
		return exact
	}
	return longestEnd(e.nounEnds, lemma)
}

// Predicate gives the patterns in which a word stands with a copula.
func (e *Events) Predicate(lemma string) []*EventPattern {
	if exact := e.predicates[lemma]; exact != nil {
		return exact
	}
	return longestEnd(e.predEnds, lemma)
}

// Actor gives the code of a noun for a party: a sector, behind a country where the
// word has one.
func (e *Events) Actor(lemma string) (code string, ok bool) {
	if code, ok := e.actors[lemma]; ok {
		return code, true
	}
	code = longestEnd(e.actorEnds, lemma)
	return code, code != ""
}

// ActorPhrase gives the code of a noun with an adjective before it (geheim_dienst), by their lemmas;
// false where the pair says no more than the noun.
func (e *Events) ActorPhrase(adjective, noun string) (code string, ok bool) {
	code, ok = e.actors[adjective+noun]
	return code, ok
}

// Body gives the code of a name.
func (e *Events) Body(name string) (code string, ok bool) {
	code, ok = e.bodies[namekey.Of(name)]
	return code, ok
}

// Office gives the sector of an office.
func (e *Events) Office(office string) (sector string, ok bool) {
	sector, ok = e.offices[office]
	return sector, ok
}

// Contexts gives the contexts that a lemma shows.
func (e *Events) Contexts(lemma string) []string {
	if c := e.contexts[lemma]; c != nil {
		return c
	}
	return longestEnd(e.contextEnd, lemma)
}

// Quiet gives the field that a lemma shows in which words of war mean none:
// "sport", "fiction", "kitchen"; "" for none.
func (e *Events) Quiet(lemma string) string {
	if field, ok := e.quiet[lemma]; ok {
		return field
	}
	return longestEnd(e.quietEnds, lemma)
}

// Is tells whether a word in lower case, or a lemma, is of a kind.
func (e *Events) Is(kind EventWord, word string) bool { return e.words[kind][word] }

// Bounds of the endings by which compounds are looked up, in bytes.
const (
	shortestEnding = 3
	longestEnding  = 24
)

// longestEnd finds the longest ending of a word that the table has; the word
// itself is one.
func longestEnd[V any](table map[string]V, word string) (none V) {
	for n := min(longestEnding, len(word)); n >= shortestEnding; n-- {
		if v, ok := table[word[len(word)-n:]]; ok {
			return v
		}
	}
	return none
}

// exactness orders patterns of one trigger: the more it asks, the earlier.
func (p *EventPattern) exactness() int {
	n := 10 * len(p.Parts)
	if p.Reflexive {
		n += 10
	}
	for _, s := range p.Slots {
		if s.Must {
			n += 2
		}
		if s.Sectors != nil {
			n++
		}
	}
	return n
}

// sortPatterns puts the more exact patterns first, others in the order of the tables.
func sortPatterns(table map[string][]*EventPattern) {
	for _, list := range table {
		sortExact(list)
	}
}

func sortExact(list []*EventPattern) {
	slices.SortStableFunc(list, func(a, b *EventPattern) int { return b.exactness() - a.exactness() })
}
