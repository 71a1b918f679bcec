package lang

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"telex/internal/nlp/namekey"
	"telex/internal/plover"
)

// EventTables are the tables that NewEvents reads; the README beside the tables of
// a pack says their form.
type EventTables struct {
	Patterns                                               []Table // in any order
	Lists, Actors, Bodies, Offices, Contexts, Quiet, Words Table
}

// partsMark stands in a lemma between the parts of a compound or separable verb.
const partsMark = "_"

// NewEvents reads the tables. An error names table, line and reason.
func NewEvents(t EventTables) (*Events, error) {
	b := &eventBuilder{lists: map[string]*WordSet{}, seen: map[string]string{}, e: &Events{
		verbs: map[string]*VerbPatterns{}, nouns: map[string][]*EventPattern{}, nounEnds: map[string][]*EventPattern{},
		predicates: map[string][]*EventPattern{}, predEnds: map[string][]*EventPattern{}, actors: map[string]string{}, actorEnds: map[string]string{},
		bodies: map[string]string{}, offices: map[string]string{}, contexts: map[string][]string{}, contextEnd: map[string][]string{},
		quiet: map[string]string{}, quietEnds: map[string]string{}, general: map[general]*EventPattern{},
	}}
	for i := range b.e.words {
		b.e.words[i] = map[string]bool{}
	}
	for _, read := range []struct {
		table Table
		line  func(string) error
	}{
		{t.Words, b.wordLine}, {t.Lists, b.listLine}, {t.Actors, b.actorLine}, {t.Bodies, b.bodyLine},
		{t.Offices, b.officeLine}, {t.Contexts, b.contextLine}, {t.Quiet, b.quietLine},
	} {
		if err := eachLine(read.table, read.line); err != nil {
			return nil, err
		}
	}
	for i, words := range b.e.words {
		if len(words) == 0 {
			return nil, fmt.Errorf("%s: there is no line of the kind %s", t.Words.File, eventWordNames[i])
		}
	}
	for _, table := range t.Patterns {
		b.section = nil
		if err := eachNumbered(table, b.patternLine); err != nil {
			return nil, err
		}
	}
	alsoByThemselves(b.e.nouns, b.e.nounEnds)
	alsoByThemselves(b.e.predicates, b.e.predEnds)
	for _, table := range []map[string][]*EventPattern{b.e.nouns, b.e.nounEnds, b.e.predicates, b.e.predEnds} {
		sortPatterns(table)
	}
	for _, v := range b.e.verbs {
		sortExact(v.list)
		for _, p := range v.list {
			v.needs = append(v.needs, needOf(p))
		}
	}
	return b.e, nil
}

// alsoByThemselves gives a word with patterns of its own those of the same word that
// may end a compound: "de aanslag" does not take from "de *aanslag".
func alsoByThemselves(words, ends map[string][]*EventPattern) {
	for end, list := range ends {
		if len(words[end]) > 0 {
			words[end] = append(words[end], list...)
		}
	}
}

// eachNumbered is eachLine for lines that are named later: at is "consult.txt:12".
// Comments may stand behind them.
func eachNumbered(t Table, read func(at, line string) error) error {
	name := t.File[strings.LastIndexByte(t.File, '/')+1:]
	number, some := 0, false
	for line := range strings.Lines(t.Text) {
		number++
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		some = true
		if err := read(fmt.Sprintf("%s:%d", name, number), line); err != nil {
			return fmt.Errorf("%s:%d: %w", t.File, number, err)
		}
	}
	if !some {
		return fmt.Errorf("%s: the table is empty", t.File)
	}
	return nil
}

// eventBuilder makes Events of its tables.
type eventBuilder struct {
	e       *Events
	lists   map[string]*WordSet
	section *EventPattern     // what the head of the section says of all its patterns
	seen    map[string]string // where a pattern stands
}

// wordLine reads "kind: word, word".
func (b *eventBuilder) wordLine(line string) error {
	kind, words, err := pair(line, ":")
	if err != nil {
		return err
	}
	i := slices.Index(eventWordNames[:], kind)
	if i < 0 {
		return fmt.Errorf("%q is no kind of words", kind)
	}
	for word := range strings.SplitSeq(words, ",") {
		b.e.words[i][strings.TrimSpace(word)] = true
	}
	return nil
}

// listLine reads "@name = word, *word".
func (b *eventBuilder) listLine(line string) error {
	line, _, _ = strings.Cut(line, "#")
	name, words, err := pair(line, "=")
	if err != nil {
		return err
	}
	if name[0] != '@' || len(name) == 1 {
		return fmt.Errorf("the list %q does not begin with @", name)
	}
	if b.lists[name] != nil {
		return fmt.Errorf("the list %s stands twice", name)
	}
	set, err := b.wordSet(strings.Split(words, ","))
	if err != nil {
		return err
	}
	b.lists[name] = set
	return nil
}

// wordSet reads words, of which some begin with * and some name lists.
func (b *eventBuilder) wordSet(items []string) (*WordSet, error) {
	set := &WordSet{words: map[string]bool{}}
	for _, item := range items {
		item = strings.TrimSpace(item)
		end, compounds := strings.CutPrefix(item, "*")
		switch {
		case end == "" || strings.ContainsAny(end, " \t*"):
			return nil, fmt.Errorf("%q is no word", item)
		case item[0] == '@':
			list := b.lists[item]
			if list == nil {
				return nil, fmt.Errorf("there is no list %s", item)
			}
			for w := range list.words {
				set.words[w] = true
			}
			set.ends = append(set.ends, list.ends...)
		case compounds:
			set.ends = append(set.ends, b.key(end))
		default:
			set.words[b.key(item)] = true
		}
	}
	return set, nil
}

// key is a lemma without the mark between its parts.
func (b *eventBuilder) key(lemma string) string {
	return strings.ToLower(strings.ReplaceAll(lemma, partsMark, ""))
}

func (b *eventBuilder) is(kind EventWord, word string) bool { return b.e.words[kind][word] }

// coded reads "CODE: item, item".
func (b *eventBuilder) coded(line string, check func(code string) error, each func(code, item string) error) error {
	line, _, _ = strings.Cut(line, "#")
	code, words, err := pair(line, ":")
	if err != nil {
		return err
	}
	if err := check(code); err != nil {
		return err
	}
	for item := range strings.SplitSeq(words, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			return fmt.Errorf("an empty word stands behind %s", code)
		}
		if err := each(code, item); err != nil {
			return err
		}
	}
	return nil
}

// checkParty wants a country, a sector, or the two.
func checkParty(code string) error {
	sector := code
	if len(code) >= 6 {
		sector = code[3:]
	}
	if len(code) == 3 && isCountryCode(code) && !plover.IsSector(code) || plover.IsSector(sector) || isCountryCode(code[:min(3, len(code))]) && isCountryCode(sector) {
		return nil
	}
	return fmt.Errorf("%q is no code of a party: country or body in three capitals, then sector", code)
}

// actorLine reads "COP: politie, *agent".
func (b *eventBuilder) actorLine(line string) error {
	return b.coded(line, checkParty, func(code, item string) error {
		end, compounds := strings.CutPrefix(item, "*")
		table := b.e.actors
		if compounds {
			table = b.e.actorEnds
		}
		return put(table, b.key(end), code)
	})
}

func put(table map[string]string, word, code string) error {
	if old, twice := table[word]; twice {
		return fmt.Errorf("%q stands under %s and under %s", word, old, code)
	}
	table[word] = code
	return nil
}

// bodyLine reads "IGOEUR: Europese Unie, EU".
func (b *eventBuilder) bodyLine(line string) error {
	return b.coded(line, checkParty, func(code, item string) error {
		key := namekey.Of(item)
		if old, twice := b.e.bodies[key]; twice && old != code {
			return fmt.Errorf("%q stands under %s and under %s", item, old, code)
		}
		b.e.bodies[key] = code
		return nil
	})
}

// officeLine reads "GOV: president, minister".
func (b *eventBuilder) officeLine(line string) error {
	check := func(code string) error {
		if !plover.IsSector(code) {
			return fmt.Errorf("%q is no sector", code)
		}
		return nil
	}
	return b.coded(line, check, func(code, item string) error { return put(b.e.offices, item, code) })
}

// contextLine reads "health: ziekenhuis, *virus".
func (b *eventBuilder) contextLine(line string) error {
	check := func(code string) error {
		if !plover.IsContext(code) {
			return fmt.Errorf("%q is no context of PLOVER", code)
		}
		return nil
	}
	return b.coded(line, check, func(code, item string) error {
		end, compounds := strings.CutPrefix(item, "*")
		table := b.e.contexts
		if compounds {
			table = b.e.contextEnd
		}
		key := b.key(end)
		if slices.Contains(table[key], code) {
			return fmt.Errorf("%q stands twice under %s", item, code)
		}
		table[key] = append(table[key], code)
		return nil
	})
}

// quietLine reads "sport: wedstrijd, *kampioenschap".
func (b *eventBuilder) quietLine(line string) error {
	return b.coded(line, func(string) error { return nil }, func(code, item string) error {
		end, compounds := strings.CutPrefix(item, "*")
		if compounds {
			return put(b.e.quietEnds, b.key(end), code)
		}
		return put(b.e.quiet, b.key(end), code)
	})
}

// patternLine reads a head of a section or a pattern.
func (b *eventBuilder) patternLine(at, line string) error {
	if line[0] == '[' {
		return b.sectionLine(line)
	}
	if b.section == nil {
		return errors.New("the pattern stands before the first section")
	}
	columns := strings.Split(line, "|")
	if len(columns) > 3 {
		return fmt.Errorf("%d columns, not trigger | slots | marks", len(columns))
	}
	model := *b.section
	model.Where = at
	pieces := strings.Split(columns[0], "+")
	if err := b.parts(&model, pieces[1:]); err != nil {
		return err
	}
	if len(columns) == 3 {
		if err := parseMarks(&model, strings.Fields(columns[2])); err != nil {
			return err
		}
	}
	for trigger := range strings.SplitSeq(pieces[0], ",") {
		p := model
		if err := b.trigger(&p, strings.Fields(trigger)); err != nil {
			return err
		}
		slots := ""
		if len(columns) > 1 {
			slots = columns[1]
		}
		if err := b.slots(&p, strings.Fields(slots)); err != nil {
			return err
		}
		if err := b.add(&p, strings.TrimSpace(trigger)+"+"+strings.Join(pieces[1:], "+")+"|"+slots); err != nil {
			return err
		}
	}
	return nil
}

// sectionLine reads "[PROTEST demo 141] to=GOV".
func (b *eventBuilder) sectionLine(line string) error {
	head, marks, ok := strings.Cut(line[1:], "]")
	if !ok {
		return errors.New("the head of the section has no ]")
	}
	code, err := parseEventCode(strings.Fields(head))
	if err != nil {
		return err
	}
	b.section = &EventPattern{Code: code}
	return parseMarks(b.section, strings.Fields(marks))
}

// parseEventCode reads "CONSULT visit 042 diplomatic".
func parseEventCode(fields []string) (EventCode, error) {
	if len(fields) < 3 {
		return EventCode{}, fmt.Errorf("%q is not type, mode and CAMEO code", strings.Join(fields, " "))
	}
	c := EventCode{Type: plover.Type(fields[0]), Mode: fields[1], Cameo: fields[2], Contexts: fields[3:]}
	if c.Mode == "-" {
		c.Mode = ""
	}
	mode := c.Mode
	if mode == ByContent {
		mode = ""
	}
	if !plover.Known(c.Type, mode) {
		return c, fmt.Errorf("there is no %s %s in PLOVER", c.Type, c.Mode)
	}
	if len(c.Cameo) < 2 || len(c.Cameo) > 4 || strings.Trim(c.Cameo, "0123456789") != "" {
		return c, fmt.Errorf("%q is no CAMEO code of two to four digits", c.Cameo)
	}
	for _, context := range c.Contexts {
		if !plover.IsContext(context) {
			return c, fmt.Errorf("%q is no context of PLOVER", context)
		}
	}
	return c, nil
}

// trigger reads a verb, "zich" and a verb, or an article and a noun.
func (b *eventBuilder) trigger(p *EventPattern, words []string) error {
	switch {
	case len(words) == 1 && slices.Contains(generalTriggers[:], words[0]):
		p.Trigger, p.General = words[0], true
		p.Noun = words[0] == GeneralNoun
		if len(p.Parts) > 0 {
			return fmt.Errorf("%s stands for any word, and has no parts", words[0])
		}
		return nil
	case len(words) == 2 && b.is(ArticleWord, words[0]):
		p.Noun = true
		words = words[1:]
		words[0], p.Compounds = strings.CutPrefix(words[0], "*")
	case len(words) == 2 && b.is(ReflexiveWord, words[0]):
		p.Reflexive = true
		words = words[1:]
	}
	if len(words) != 1 || words[0] == "" || strings.ContainsAny(words[0], "*@/!=") {
		return fmt.Errorf("the trigger %q is no verb, and no article and noun", strings.Join(words, " "))
	}
	p.Trigger = b.key(words[0])
	if p.Noun {
		if len(p.Parts) > 0 {
			return fmt.Errorf("the noun %s has parts", p.Trigger)
		}
		if p.Compounds && len(p.Trigger) < shortestEnding {
			return fmt.Errorf("the ending %s is too short", p.Trigger)
		}
		return nil
	}
	if b.is(BeWord, p.Trigger) {
		p.Predicate = true
		if len(p.Parts) == 0 {
			return fmt.Errorf("%s by itself tells no event", p.Trigger)
		}
		return nil
	}
	if !b.infinitive(p.Trigger) {
		return fmt.Errorf("the verb %q is no infinitive", p.Trigger)
	}
	return nil
}

// parts reads "de sanctie/boycot", "om tafel", "vrij".
func (b *eventBuilder) parts(p *EventPattern, pieces []string) error {
	for _, piece := range pieces {
		words := strings.Fields(piece)
		part := EventPart{Kind: BesidePart}
		switch {
		case len(words) == 2 && b.is(ArticleWord, words[0]):
			part.Kind = ObjectPart
		case len(words) == 2:
			part.Kind, part.Prep = ObliquePart, words[0]
			if !b.is(PrepositionWord, part.Prep) {
				return fmt.Errorf("%q is no preposition and no article", part.Prep)
			}
		case len(words) != 1:
			return fmt.Errorf("the part %q is not one word, or article or preposition and noun", strings.TrimSpace(piece))
		}
		var err error
		if part.Words, err = b.wordSet(strings.Split(words[len(words)-1], "/")); err != nil {
			return err
		}
		p.Parts = append(p.Parts, part)
	}
	return nil
}

// slots reads "met=R! van=C" and fills in what goes without saying.
func (b *eventBuilder) slots(p *EventPattern, items []string) error {
	named := map[string]bool{}
	for _, item := range items {
		left, right, ok := strings.Cut(item, "=")
		if !ok || right == "" || !strings.ContainsRune("ARSCP", rune(right[0])) {
			return fmt.Errorf("the slot %q is not of the form SLOT=A, R, S, C or P", item)
		}
		s := EventSlot{Names: strings.Split(left, "/"), Role: SlotRole(right[0])}
		rest, must := strings.CutPrefix(right[1:], "!")
		s.Must = must
		if rest != "" {
			if !must {
				return fmt.Errorf("%q stands behind the role in %q", rest, item)
			}
			s.Sectors = strings.Split(rest, "/")
		}
		for _, sector := range s.Sectors {
			if !plover.IsSector(sector) && !plover.IsBody(sector) {
				return fmt.Errorf("%q in %q is no sector and no kind of body", sector, item)
			}
		}
		for _, name := range s.Names {
			if name == SpeakerSlot && s.Role != ActorRole {
				return fmt.Errorf("%q: who speaks is the actor, speaker=A", item)
			}
			if !b.isSlot(name) {
				return fmt.Errorf("%q in %q is no slot and no preposition", name, item)
			}
			named[name] = true
		}
		p.Slots = append(p.Slots, s)
	}
	for _, d := range b.defaults(p.Noun) {
		if !named[d.Names[0]] {
			p.Slots = append(p.Slots, d)
		}
	}
	return nil
}

// defaults gives the slots that go without saying.
func (b *eventBuilder) defaults(noun bool) []EventSlot {
	agents := EventSlot{Names: slices.Sorted(maps.Keys(b.e.words[AgentWord])), Role: ActorRole}
	if !noun {
		return []EventSlot{{Names: []string{SubjectSlot}, Role: ActorRole}, agents}
	}
	between := EventSlot{Names: slices.Sorted(maps.Keys(b.e.words[BetweenWord])), Role: SideRole}
	return []EventSlot{agents, {Names: []string{PossessorSlot}, Role: ActorRole}, {Names: []string{AdjectiveSlot}, Role: ActorRole}, between}
}

// infinitive tells whether a verb ends as infinitives do.
func (b *eventBuilder) infinitive(verb string) bool {
	for end := range b.e.words[EndingWord] {
		if strings.HasSuffix(verb, end) {
			return true
		}
	}
	return false
}

func (b *eventBuilder) isSlot(name string) bool {
	switch name {
	case SubjectSlot, ObjectSlot, IndirectSlot, PossessorSlot, AdjectiveSlot, ClauseSlot, FiniteSlot, SpeakerSlot:
		return true
	}
	return b.is(PrepositionWord, name)
}

func parseMarks(p *EventPattern, marks []string) error {
	for _, mark := range marks {
		name, value, _ := strings.Cut(mark, "=")
		switch name {
		case "weak":
			p.Weak = true
		case "strong":
			p.Strong = true
		case "future", "hypothetical", "negated":
			p.Realis = name
		case "by", "to":
			if !plover.IsSector(value) && value != "none" {
				return fmt.Errorf("%q in %q is no sector", value, mark)
			}
			side := &p.By
			if name == "to" {
				side = &p.To
			}
			*side = strings.TrimPrefix(value, "none")
		case "and":
			code, err := parseEventCode(strings.Split(value, "/"))
			if err != nil {
				return err
			}
			p.Also = &code
		default:
			return fmt.Errorf("%q is no mark of patterns", mark)
		}
	}
	return nil
}

// add files a pattern. The same one twice, or under two codes, is an error.
func (b *eventBuilder) add(p *EventPattern, key string) error {
	key = strings.Join(strings.Fields(key), " ")
	if p.General { // one for each type
		key = p.Trigger + string(p.Code.Type)
	}
	if at, twice := b.seen[key]; twice {
		return fmt.Errorf("%q stands already at %s", key, at)
	}
	b.seen[key] = p.Where
	p.transitive = p.hasObject()
	b.e.count++
	switch {
	case p.General:
		b.e.general[general{p.Trigger, p.Code.Type}] = p
	case p.Noun && p.Compounds:
		b.e.nounEnds[p.Trigger] = append(b.e.nounEnds[p.Trigger], p)
	case p.Noun:
		b.e.nouns[p.Trigger] = append(b.e.nouns[p.Trigger], p)
	case p.Predicate:
		for _, end := range p.Parts[0].Words.ends {
			b.e.predEnds[end] = append(b.e.predEnds[end], p)
		}
		for word := range p.Parts[0].Words.words {
			b.e.predicates[word] = append(b.e.predicates[word], p)
		}
	default:
		if b.e.verbs[p.Trigger] == nil {
			b.e.verbs[p.Trigger] = &VerbPatterns{}
		}
		v := b.e.verbs[p.Trigger]
		v.list = append(v.list, p)
	}
	return nil
}
