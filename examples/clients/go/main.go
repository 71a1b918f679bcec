// Command go is an example of a client of Telex: it publishes a document,
// follows what is live, or reads NEWS through its own consumer.
package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return errors.New("usage: publish SOURCE FILE | follow SUBJECT [COUNT] | read CONSUMER [COUNT]")
	}
	nc, err := connect()
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer nc.Close()
	js, err := jetstream.NewWithAPIPrefix(nc, cmp.Or(os.Getenv("NATS_API_PREFIX"), jetstream.DefaultAPIPrefix))
	if err != nil {
		return err
	}
	switch {
	case args[0] == "publish" && len(args) == 3:
		return publish(ctx, js, args[1], args[2])
	case args[0] == "follow":
		return follow(ctx, nc, args[1], count(args[2:]))
	case args[0] == "read":
		return read(ctx, js, args[1], count(args[2:]))
	}
	return fmt.Errorf("what is %q?", args)
}

func connect() (*nats.Conn, error) {
	options := []nats.Option{
		nats.Name("telex example"), nats.MaxReconnects(-1),
		nats.CustomInboxPrefix(cmp.Or(os.Getenv("NATS_INBOX_PREFIX"), "_INBOX")),
	}
	if seed := os.Getenv("NATS_NKEY"); seed != "" {
		key, err := nats.NkeyOptionFromSeed(seed)
		if err != nil {
			return nil, err
		}
		options = append(options, key)
	}
	if ca := os.Getenv("NATS_CA"); ca != "" {
		options = append(options, nats.RootCAs(ca))
	}
	return nats.Connect(cmp.Or(os.Getenv("NATS_URL"), nats.DefaultURL), options...)
}

// count is the first argument as a number; 0, without one, is no end.
func count(args []string) int {
	if len(args) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(args[0]) // what is no number is no end either
	return n
}

// publish waits until the document is stored. The message id is made of what is
// sent and by whom, so that sending it again, after a lost answer, stores it once.
func publish(ctx context.Context, js jetstream.JetStream, source, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append([]byte(source+"\n"), data...))
	ack, err := js.Publish(ctx, "documents."+source, data, jetstream.WithMsgID(hex.EncodeToString(sum[:16])))
	if err != nil {
		return fmt.Errorf("publish %s: %w", file, err)
	}
	if ack.Duplicate {
		fmt.Println("was stored before as", ack.Sequence)
		return nil
	}
	fmt.Println("stored as", ack.Sequence)
	return nil
}

func follow(ctx context.Context, nc *nats.Conn, subject string, count int) error {
	sub, err := nc.SubscribeSync(subject)
	if err != nil {
		return err
	}
	for n := 0; count == 0 || n < count; n++ {
		m, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return err
		}
		show(m.Subject, m.Data)
	}
	return nil
}

func read(ctx context.Context, js jetstream.JetStream, name string, count int) error {
	consumer, err := js.Consumer(ctx, "NEWS", name)
	if err != nil {
		return fmt.Errorf("find consumer %s of NEWS: %w", name, err)
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(10))
	if err != nil {
		return err
	}
	defer messages.Stop()
	context.AfterFunc(ctx, messages.Stop)
	for n := 0; count == 0 || n < count; n++ {
		m, err := messages.Next()
		if err != nil {
			return err
		}
		show(m.Subject(), m.Data())
		if err := m.DoubleAck(ctx); err != nil { // only now is it done
			return err
		}
	}
	return nil
}

// show prints the first sentence of an article, or a quotation.
func show(subject string, data []byte) {
	var body struct {
		Raw       string
		Sentences []struct {
			Span [2]int
			Text string
		}
		Quote struct{ Text string }
	}
	if err := json.Unmarshal(data, &body); err != nil {
		fmt.Println(subject, err)
		return
	}
	text := body.Quote.Text
	if len(body.Sentences) > 0 {
		s := body.Sentences[0]
		text = string([]rune(body.Raw)[s.Span[0]:s.Span[1]]) // which is s.Text
	}
	fmt.Printf("%s\t%s\n", subject, text)
}
