package stream

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Reader is a durable pull consumer on NEWS, made for someone who may read but
// not make consumers: a consumer can send what it reads anywhere.
type Reader struct {
	Name    string // letters, digits, - and _
	Subject string // of what it gets, such as articles.nl.*; "" for all
}

var (
	readerName    = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	readerSubject = regexp.MustCompile(`^(articles|events|quotes|stories)(\.([A-Za-z0-9_-]+|\*))*(\.>)?$`)
)

// UnmarshalText reads NAME or NAME=SUBJECT.
func (r *Reader) UnmarshalText(text []byte) error {
	name, subject, filtered := strings.Cut(string(text), "=")
	if !readerName.MatchString(name) {
		return fmt.Errorf("%q is no name of a reader: letters, digits, - and _", name)
	}
	if filtered && !readerSubject.MatchString(subject) {
		return fmt.Errorf("%q is no subject of %s such as articles.nl.* or quotes.>", subject, News)
	}
	r.Name, r.Subject = name, subject
	return nil
}

// CreateReader makes the consumer of a reader, or brings it to its subject.
func CreateReader(ctx context.Context, nc *nats.Conn, r Reader) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return fmt.Errorf("create reader %s: %w", r.Name, err)
	}
	_, err = js.CreateOrUpdateConsumer(ctx, News, jetstream.ConsumerConfig{
		Durable: r.Name, FilterSubject: r.Subject, AckPolicy: jetstream.AckExplicitPolicy, MaxDeliver: -1,
	})
	if err != nil {
		return fmt.Errorf("create consumer %s of stream %s: %w", r.Name, News, err)
	}
	return nil
}
