package document

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func headers(h map[string]string) func(string) string {
	return func(name string) string { return h[name] }
}

func TestDecodeRefuses(t *testing.T) {
	long := strings.Repeat("x", MaxText+1)
	for _, c := range []struct {
		name, body string
		from       Origin
		reason     Reason
	}{
		{name: "empty", body: "", reason: NoText},
		{name: "spaces", body: " \r\n\t\u00a0", reason: NoText},
		{name: "marks without width", body: "\ufeff\u200b\u00ad", reason: NoText},
		{name: "object without text", body: `{"title":"t"}`, reason: NoText},
		{name: "null text", body: `{"text":null}`, reason: NoText},
		{name: "blank text", body: `{"text":" ","html":"\n"}`, reason: NoText},
		{name: "cut off", body: `{"text":"a`, reason: BadJSON},
		{name: "two objects", body: `{"text":"a"}{"text":"b"}`, reason: BadJSON},
		{name: "only a brace", body: `{`, reason: BadJSON},
		{name: "nested 10,000 deep", body: `{"text":"a","meta":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`, reason: BadJSON},
		{name: "objects 10,000 deep", body: strings.Repeat(`{"a":`, 10_000), reason: BadJSON},
		{name: "newline in a string", body: "{\"text\":\"a\nb\"}", reason: BadJSON},
		{name: "not UTF-8", body: "caf\xe9", reason: NotUTF8},
		{name: "not UTF-8 in JSON", body: "{\"text\":\"caf\xe9\"}", reason: NotUTF8},
		{name: "raw surrogate", body: "a\xed\xa0\x80", reason: NotUTF8},
		{name: "lone high surrogate", body: `{"text":"a\ud83d"}`, reason: NotUTF8},
		{name: "lone low surrogate", body: `{"text":"a\uDE00"}`, reason: NotUTF8},
		{name: "surrogates swapped", body: `{"text":"\ude00\ud83d"}`, reason: NotUTF8},
		{name: "high, then another escape", body: `{"text":"\ud83d\n"}`, reason: NotUTF8},
		{name: "lone surrogate in a name", body: `{"\ud83d":1,"text":"a"}`, reason: NotUTF8},
		{name: "text too large", body: long, reason: TooLarge},
		{name: "title and text too large", body: `{"title":"` + long[:MaxText/2] + `","text":"` + long[:MaxText/2] + `"}`, reason: TooLarge},
		{name: "message too large", body: strings.Repeat("x", MaxMessage+1), reason: TooLarge},
		{name: "text is a number", body: `{"text":5}`, reason: BadField},
		{name: "title is a list", body: `{"text":"a","title":[]}`, reason: BadField},
		{name: "id is an object", body: `{"text":"a","id":{}}`, reason: BadField},
		{name: "id is true", body: `{"text":"a","id":true}`, reason: BadField},
		{name: "id too long", body: `{"text":"a","id":"` + long[:maxID+1] + `"}`, reason: BadField},
		{name: "url too long", body: `{"text":"a","url":"` + long[:maxURL+1] + `"}`, reason: BadField},
		{name: "source too long", body: `{"text":"a","source":"` + long[:maxSource+1] + `"}`, reason: BadField},
		{name: "source with a space", body: `{"text":"a","source":"ad nl"}`, reason: BadField},
		{name: "source with a wildcard", body: `{"text":"a","source":"ad.>"}`, reason: BadField},
		{name: "source of another subject", body: `{"text":"a","source":"ad.nl"}`, from: Origin{Source: "nu_nl"}, reason: BadField},
		{name: "language in full", body: `{"text":"a","language":"Nederlands"}`, reason: BadField},
		{name: "language of a letter", body: `{"text":"a","language":"n"}`, reason: BadField},
		{name: "language with digits", body: `{"text":"a","language":"n1"}`, reason: BadField},
		{name: "published in words", body: `{"text":"a","published":"gisteren"}`, reason: BadField},
		{name: "published on 30 February", body: `{"text":"a","published":"2020-02-30"}`, reason: BadField},
		{name: "published day first", body: `{"text":"a","published":"30-06-2019"}`, reason: BadField},
		{name: "published as a number", body: `{"text":"a","published":1561896300}`, reason: BadField},
		{name: "zone unknown", body: `{"text":"a","published":"2019-06-30"}`, from: Origin{Header: headers(map[string]string{HeaderZone: "Europe/Nergens"})}, reason: BadField},
		{name: "zone of the machine", body: `{"text":"a","published":"2019-06-30"}`, from: Origin{Header: headers(map[string]string{HeaderZone: "Local"})}, reason: BadField},
		{name: "zone out of the table", body: `{"text":"a","published":"2019-06-30"}`, from: Origin{Header: headers(map[string]string{HeaderZone: "../../etc/passwd"})}, reason: BadField},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Decode([]byte(c.body), c.from)
			var refusal *Refusal
			if d != nil || !errors.As(err, &refusal) {
				t.Fatalf("got %v, %v, want a refusal", d, err)
			}
			if refusal.Reason != c.reason || refusal.Step != "decode" || refusal.Message == "" || len(refusal.Message) > 1024 {
				t.Errorf("got %q at step %q, want reason %s and a message of at most 1 KiB", refusal.Error(), refusal.Step, c.reason)
			}
		})
	}
}

func TestDecodeText(t *testing.T) {
	for _, c := range []struct{ name, body, text string }{
		{"plain", "Een zin.", "Een zin."},
		{"byte order mark and CRLF stay", "\ufeffEen.\r\n\r\nTwee.\r\n", "\ufeffEen.\r\n\r\nTwee.\r\n"},
		{"NUL, bidi and soft hyphens stay", "a\x00b\u202ec\u00add\u200b", "a\x00b\u202ec\u00add\u200b"},
		{"an array is text", `["text"]`, `["text"]`},
		{"a brace later is text", "kop {x}", "kop {x}"},
		{"JSON", `{"text":"a\u0000\r\n\ud83d\ude00\u00e9"}`, "a\x00\r\n😀é"},
		{"JSON after a byte order mark and space", "\ufeff \r\n{\"text\":\"a\"}", "a"},
		{"an escaped backslash is no escape", `{"text":"\\ud83d"}`, `\ud83d`},
		{"the last of two counts", `{"text":"a","text":"b"}`, "b"},
		{"text wins over html", `{"text":"a","html":"<p>b"}`, "a"},
		{"a million newlines", "a" + strings.Repeat("\n", 1_000_000), "a" + strings.Repeat("\n", 1_000_000)},
		{"as large as may be", strings.Repeat("x", MaxText-len(titleBreak)), strings.Repeat("x", MaxText-len(titleBreak))},
		{"999 deep", `{"text":"a","meta":` + strings.Repeat("[", 999) + strings.Repeat("]", 999) + `}`, "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Decode([]byte(c.body), Origin{})
			if err != nil {
				t.Fatal(err)
			}
			if d.Text != c.text || d.HTML != "" {
				t.Errorf("text %.80q, html %q, want %.80q", d.Text, d.HTML, c.text)
			}
			if raw, end := d.Raw(""); raw != d.Text || end != 0 {
				t.Errorf("raw %.80q with a title of %d bytes", raw, end)
			}
		})
	}
}

func TestDecodeFields(t *testing.T) {
	h := headers(map[string]string{HeaderID: "h1", HeaderSource: "ad.nl", HeaderURL: "https://h.example", HeaderPublished: "2020-01-02"})
	d, err := Decode([]byte("tekst"), Origin{Source: "ad_nl", Header: h})
	if err != nil || d.ID != "h1" || d.Source != "ad.nl" || d.URL != "https://h.example" || d.Published != "2020-01-02" || !d.DateOnly {
		t.Errorf("headers: %+v, %v", d, err)
	}
	body := `{"id":"b1","source":"ad.nl","url":"u","published":"2021-03-04T05:06:07+01:00","title":"T","text":"a","language":"NL-be","meta":{"x":1},"zz":1,"aa":2}`
	d, err = Decode([]byte(body), Origin{Source: "ad_nl", Header: h})
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != "b1" || d.URL != "u" || d.DateOnly || d.Language != "nl" || !slices.Equal(d.Unknown, []string{"aa", "zz"}) {
		t.Errorf("the body goes before headers: %+v", d)
	}
	if raw, end := d.Raw(""); raw != "T\n\na" || end != 1 {
		t.Errorf("raw %q, title of %d bytes", raw, end)
	}
	page, err := Decode([]byte(`{"html":"<p>x"}`), Origin{})
	if err != nil || page.HTML != "<p>x" || page.Source != "local" {
		t.Fatalf("%+v, %v", page, err)
	}
	a := page.Article("x", "v1")
	if a.Raw != "x" || a.Schema != Schema || a.Key != page.Key || a.Version != "v1" || a.Language.Code != "und" {
		t.Errorf("article %+v", a)
	}
}

func TestDecodeIDs(t *testing.T) {
	for _, c := range []struct{ id, want string }{
		{`"a/1"`, "a/1"}, {`12345678901234567890`, "12345678901234567890"}, {`-1.50`, "-1.50"}, {`"é"`, "é"},
	} {
		d, err := Decode([]byte(`{"text":"a","id":`+c.id+`}`), Origin{})
		if err != nil || d.ID != c.want {
			t.Errorf("id %s: %v, %v", c.id, d, err)
		}
	}
	for _, none := range []string{`{"text":"a"}`, `{"text":"a","id":""}`, `{"text":"a","id":null}`} {
		d, err := Decode([]byte(none), Origin{})
		if err != nil || len(d.ID) != 26 || len(d.Key) != 26 || d.ID == d.Key {
			t.Errorf("%s: %+v, %v", none, d, err)
		}
	}
}

// TestKey fixes the key: it may never change, for streams hold it for weeks.
func TestKey(t *testing.T) {
	key := func(body string) string {
		d, err := Decode([]byte(body), Origin{})
		if err != nil {
			t.Fatal(err)
		}
		return d.Key
	}
	base := key(`{"id":"1","source":"s","text":"abc"}`)
	for _, same := range []string{`{"text":"\u0061bc","source":"s","id":1}`, `{"id":"1","source":"s","text":"abc","meta":{"n":2},"url":"u"}`} {
		if key(same) != base {
			t.Errorf("%s has another key than %s", same, base)
		}
	}
	seen := map[string]string{base: "base"}
	for _, other := range []string{`{"id":"2","source":"s","text":"abc"}`, `{"id":"1","source":"t","text":"abc"}`, `{"id":"1","source":"s","text":"abd"}`,
		`{"id":"1","source":"s","title":"abc","text":"abc"}`, `{"id":"1","source":"s","html":"abc"}`, `{"id":"1s","text":"abc"}`, "abc"} {
		if before, twice := seen[key(other)]; twice {
			t.Errorf("%s has the key of %s", other, before)
		}
		seen[key(other)] = other
	}
}

func TestPublished(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	newYork := headers(map[string]string{HeaderZone: "America/New_York"})
	for _, c := range []struct {
		published string
		from      Origin
		want      string
		dateOnly  bool
	}{
		{"2019-06-30T14:05:00+09:00", Origin{}, "2019-06-30T14:05:00+09:00", false},
		{"2019-06-30T23:30:00Z", Origin{}, "2019-07-01T01:30:00+02:00", false},
		{"2019-12-31T23:30:00Z", Origin{Zone: brussels}, "2020-01-01T00:30:00+01:00", false},
		{"2019-06-30T14:05:00Z", Origin{Zone: time.UTC}, "2019-06-30T14:05:00Z", false},
		{"2019-06-30T14:05:00+00:00", Origin{}, "2019-06-30T14:05:00Z", false},
		{"2019-06-30T14:05:00", Origin{}, "2019-06-30T14:05:00+02:00", false},
		{"2019-06-30T14:05:00", Origin{Zone: brussels, Header: newYork}, "2019-06-30T14:05:00-04:00", false},
		{"2019-06-30T14:05:00.123Z", Origin{Header: newYork}, "2019-06-30T10:05:00.123-04:00", false},
		{"2019-06-30", Origin{}, "2019-06-30T00:00:00+02:00", true},
	} {
		d, err := Decode([]byte(`{"text":"a","published":"`+c.published+`"}`), c.from)
		if err != nil {
			t.Errorf("%s: %v", c.published, err)
			continue
		}
		if got := d.PublishedAt.Format(time.RFC3339Nano); got != c.want || d.DateOnly != c.dateOnly || d.Published != c.published {
			t.Errorf("%s: %s (date only: %t), want %s", c.published, got, d.DateOnly, c.want)
		}
	}
}

func TestUnknownFieldsAreFew(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"text":"a"`)
	for i := range 100 {
		b.WriteString(`,"f` + strings.Repeat("x", i) + `":1`)
	}
	d, err := Decode([]byte(b.String()+"}"), Origin{})
	if err != nil || len(d.Unknown) != maxUnknown || !slices.IsSorted(d.Unknown) || len(d.Unknown[15]) > 70 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestSubjectToken(t *testing.T) {
	for _, c := range []struct {
		source, want string
		ok           bool
	}{
		{"ad.nl", "ad_nl", true}, {"A-b_9", "A-b_9", true}, {"", "", false}, {"a b", "", false}, {"a*", "", false}, {"é", "", false},
		{strings.Repeat("a", 128), strings.Repeat("a", 128), true},
	} {
		if got, ok := SubjectToken(c.source); ok != c.ok || ok && got != c.want {
			t.Errorf("%q: %q, %t", c.source, got, ok)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "tekst", `{"text":"a"}`, `{"id":1,"source":"ad.nl","published":"2019-06-30","text":"\ud83d\ude00"}`, `{"text":"\ud83d"}`,
		"\ufeff{\"html\":\"<p>\"}", `{"a":[[[{}]]],"text":"\\"}`, "{\"text\":\"\\u12", "\x00\xff", `{"language":"nl-BE","title":" ","text":"x"}`} {
		f.Add([]byte(s), "ad_nl", "2019-06-30", "Europe/Brussels")
	}
	f.Fuzz(func(t *testing.T, body []byte, source, published, zone string) {
		from := Origin{Header: headers(map[string]string{HeaderSource: source, HeaderPublished: published, HeaderZone: zone})}
		d, err := Decode(body, from)
		again, err2 := Decode(slices.Clone(body), from)
		if err != nil {
			var refusal *Refusal
			if d != nil || !errors.As(err, &refusal) || err2 == nil || err.Error() != err2.Error() {
				t.Fatalf("%v, %v, then %v", d, err, err2)
			}
			return
		}
		if err2 != nil || again.Key != d.Key || again.ID != d.ID || !again.PublishedAt.Equal(d.PublishedAt) {
			t.Fatalf("two readings differ: %+v, %+v", d, again)
		}
		raw, end := d.Raw("x")
		if len(d.Key) != 26 || blank(raw) || !utf8.ValidString(raw) || end > len(raw) || len(d.Text)+len(d.Title) > MaxText {
			t.Fatalf("document %+v", d)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	body := []byte(`{"id":"ad.nl/1","source":"ad.nl","url":"https://ad.example/1","published":"2019-06-30T14:05:00+02:00","title":"Kop","text":"` +
		strings.Repeat(`De gemeente zei: \u201cDat kan.\u201d Een café ging dicht.\n`, 70) + `"}`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(body, Origin{Source: "ad_nl"}); err != nil {
			b.Fatal(err)
		}
	}
}
