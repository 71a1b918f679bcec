package document

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
)

// definition gives one of the schema's $defs, ready to validate with.
func definition(t *testing.T, name string) (*jsonschema.Resolved, *jsonschema.Schema) {
	t.Helper()
	var all jsonschema.Schema
	if err := json.Unmarshal([]byte(Schemas()), &all); err != nil {
		t.Fatalf("the schema is no schema: %v", err)
	}
	def := all.Defs[name]
	root := &jsonschema.Schema{Schema: all.Schema, Ref: "#/$defs/" + name, Defs: all.Defs}
	resolved, err := root.Resolve(nil)
	if err != nil {
		t.Fatalf("resolve %s: %v", name, err)
	}
	return resolved, def
}

// Every field of the types is in the schema, and the other way round.
func TestSchemaHasEveryField(t *testing.T) {
	t.Parallel()
	for name, typ := range map[string]reflect.Type{
		"article": reflect.TypeFor[Article](), "block": reflect.TypeFor[Block](), "sentence": reflect.TypeFor[Sentence](),
		"token": reflect.TypeFor[Token](), "entity": reflect.TypeFor[Entity](), "quote": reflect.TypeFor[Quote](),
		"piece": reflect.TypeFor[Piece](), "time": reflect.TypeFor[Time](), "party": reflect.TypeFor[Party](),
		"event": reflect.TypeFor[Event](), "topic": reflect.TypeFor[Topic](), "keyphrase": reflect.TypeFor[Keyphrase](),
	} {
		_, def := definition(t, name)
		var fields, required []string
		for i := range typ.NumField() {
			tag, options, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if tag == "-" {
				continue
			}
			fields = append(fields, tag)
			if options == "" {
				required = append(required, tag)
			}
		}
		slices.Sort(fields)
		slices.Sort(required)
		slices.Sort(def.Required)
		if diff := cmp.Diff(fields, slices.Sorted(maps.Keys(def.Properties))); diff != "" {
			t.Errorf("fields of %s (-type +schema):\n%s", name, diff)
		}
		if diff := cmp.Diff(required, def.Required); diff != "" {
			t.Errorf("required of %s (-type +schema):\n%s", name, diff)
		}
	}
	_, block := definition(t, "block")
	var types []any
	for _, b := range BlockTypes() {
		types = append(types, string(b))
	}
	if diff := cmp.Diff(types, block.Properties["type"].Enum); diff != "" {
		t.Errorf("block types (-type +schema):\n%s", diff)
	}
}

func TestSchemaAcceptsWhatWeTakeAndMake(t *testing.T) {
	t.Parallel()
	article, _ := definition(t, "article")
	doc, _ := definition(t, "document")
	d, err := Decode([]byte("Café dicht."), Origin{})
	if err != nil {
		t.Fatal(err)
	}
	a := d.Article("", "1")
	span, id := Span{0, 5}, "e1"
	a.Blocks = []Block{{Type: Paragraph, Span: Span{0, 12}}}
	a.Sentences = []Sentence{{Span: Span{0, 12}}}
	a.Tokens = []Token{{Span: span}}
	a.Entities = []Entity{{Type: "LOC", Links: []Link{{}}, Roles: []Role{{}}, Mentions: []Mention{{Span: span, Form: "name"}}}}
	a.Quotes = []Quote{{Type: "direct", Span: span}, {Type: "mixed", Span: span, Speaker: &id, SpeakerSpan: &span, Cue: &Piece{Span: span}}}
	a.Times = []Time{{Span: span, Type: "DATE", Mod: "APPROX"}}
	a.Events = []Event{{Realis: "asserted", Actors: []Party{{}}, Trigger: Piece{Span: span}, Tellings: []Span{span}}}
	a.Topics, a.Keyphrases, a.Steps = []Topic{{}}, []Keyphrase{{}}, []StepVersion{{}}
	a.Absent = map[string]string{"events": "no published date"}
	for name, tt := range map[string]struct {
		with *jsonschema.Resolved
		body func() ([]byte, error)
		ok   bool
	}{
		"full article":  {article, func() ([]byte, error) { return Encode(a) }, true},
		"empty article": {article, func() ([]byte, error) { return Encode(d.Article("", "1")) }, true},
		"document":      {doc, func() ([]byte, error) { return []byte(`{"id":7,"source":"ad.nl","text":"a","meta":[1],"own":1}`), nil }, true},
		"page":          {doc, func() ([]byte, error) { return []byte(`{"html":"<p>a"}`), nil }, true},
		"no text":       {doc, func() ([]byte, error) { return []byte(`{"title":"a"}`), nil }, false},
		"text a number": {doc, func() ([]byte, error) { return []byte(`{"text":5}`), nil }, false},
		"not ours":      {article, func() ([]byte, error) { return []byte(`{"schema":"telex/article/2"}`), nil }, false},
	} {
		body, err := tt.body()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var value any
		if err := json.Unmarshal(body, &value); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := tt.with.Validate(value); (err == nil) != tt.ok {
			t.Errorf("%s: %v, want valid: %t\n%s", name, err, tt.ok, body)
		}
	}
}
