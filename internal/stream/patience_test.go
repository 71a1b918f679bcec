package stream

import (
	"context"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// A worker moves to another server after each request without an answer. The
// next request must wait until that is done: one that fails because of the move
// was once the reason of another move, and so on to the end of all patience.
func TestPatientlyAsksOnceForEachServer(t *testing.T) {
	one, two := listening(t, server.Options{}), listening(t, server.Options{})
	nc, err := Connect("test", Login{URL: one.ClientURL() + "," + two.ClientURL()}, Watch{})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	var asked []string
	err = patiently(t.Context(), nc, func(context.Context) error {
		asked = append(asked, nc.ConnectedUrl())
		if err := nc.Publish("question", nil); err != nil || len(asked) > 2 {
			return err
		}
		return nats.ErrTimeout
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 3 || asked[0] == asked[1] || asked[0] != asked[2] || asked[1] == "" {
		t.Errorf("asked %q, want one server, the other, and the first again", asked)
	}
}
