package stream

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"
)

func TestReaderAsText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want Reader
		ok   bool
	}{
		{"desk", Reader{Name: "desk"}, true},
		{"desk-2=articles.nl.*", Reader{"desk-2", "articles.nl.*"}, true},
		{"desk=quotes.>", Reader{"desk", "quotes.>"}, true},
		{"desk=events.*.USA.PRK", Reader{"desk", "events.*.USA.PRK"}, true},
		{"", Reader{}, false},
		{"a.b", Reader{}, false},
		{"a b", Reader{}, false},
		{"desk=", Reader{}, false},
		{"desk=>", Reader{}, false},
		{"desk=documents.*", Reader{}, false},
		{"desk=articles.>.x", Reader{}, false},
		{"desk=articles..x", Reader{}, false},
	} {
		var got Reader
		if err := got.UnmarshalText([]byte(tt.text)); (err == nil) != tt.ok || got != tt.want {
			t.Errorf("%q = %+v, %v; want %+v", tt.text, got, err, tt.want)
		}
	}
}

func TestCreateReader(t *testing.T) {
	t.Parallel()
	nc, _ := start(t, nil)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []Reader{{Name: "desk"}, {Name: "desk", Subject: "quotes.>"}} { // the second changes the first
		if err := CreateReader(t.Context(), nc, r); err != nil {
			t.Fatal(err)
		}
		c, err := js.Consumer(t.Context(), News, "desk")
		if err != nil {
			t.Fatal(err)
		}
		config := c.CachedInfo().Config
		if config.FilterSubject != r.Subject || config.AckPolicy != jetstream.AckExplicitPolicy || config.DeliverSubject != "" {
			t.Errorf("the consumer of %+v is %+v", r, config)
		}
	}
}
