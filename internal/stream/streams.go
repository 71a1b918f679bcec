package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
)

// Names of the streams and of their durable consumers.
const (
	Documents  = "DOCUMENTS"
	News       = "NEWS"
	Dead       = "DEAD"
	Advisories = "ADVISORIES"

	workers = "workers" // consumer of Documents, shared by all workers
	letters = "letters" // consumer of Advisories, shared by all workers
)

// Settings are what an administrator chooses; the rest is the contract's.
type Settings struct {
	Replicas     int           // of each stream
	DedupeWindow time.Duration // in which a message id counts
	MaxAge       time.Duration // of every stream
	MaxBytes     int64         // of DOCUMENTS and of NEWS; DEAD has a quarter. 0 for no limit
	AckWait      time.Duration // without a heartbeat, after which a document is given to another worker
}

// DefaultSettings are those of the contract, and those advised for JetStream.
func DefaultSettings() Settings {
	return Settings{
		Replicas: 1, DedupeWindow: 24 * time.Hour, MaxAge: 30 * 24 * time.Hour,
		AckWait: 30 * time.Second,
	}
}

const (
	// maxAckPending bounds the documents that all workers together hold.
	maxAckPending = 50_000
	// maxDeliver is how many times a document is given to a worker as others are.
	// The workers count, for a server that counts forgets the document after its
	// last delivery, and tells so once, in a plain message: it is lost for good
	// when ADVISORIES has no leader just then.
	maxDeliver = 5

	// exhausted is where a server, or a worker in its place, tells of a document
	// that ran out of deliveries.
	exhausted = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES." + Documents + "."
)

func (s Settings) streams() []jetstream.StreamConfig {
	base := jetstream.StreamConfig{
		Retention: jetstream.LimitsPolicy, Storage: jetstream.FileStorage, Replicas: s.Replicas,
		MaxAge: s.MaxAge, Duplicates: min(s.DedupeWindow, s.MaxAge), MaxBytes: -1,
		Discard: jetstream.DiscardOld, AllowDirect: true,
	}
	docs, news, dead, advisories := base, base, base, base
	if s.MaxBytes > 0 {
		docs.MaxBytes, news.MaxBytes, dead.MaxBytes = s.MaxBytes, s.MaxBytes, s.MaxBytes/4
	}
	docs.Name, docs.Subjects = Documents, []string{"documents.*"}
	docs.Description = "news documents as publishers sent them"
	docs.Discard, docs.MaxMsgSize = jetstream.DiscardNew, document.MaxMessage
	news.Name, news.Subjects = News, []string{"articles.>", "events.>", "quotes.>", "stories.>"}
	news.Description = "what Telex read in the documents"
	news.AllowAtomicPublish = true
	news.RePublish = &jetstream.RePublish{Source: ">", Destination: "live.>"}
	dead.Name, dead.Subjects = Dead, []string{"dead.*"}
	dead.Description = "documents that cannot be processed, with the reason"
	advisories.Name, advisories.Subjects = Advisories, []string{exhausted + ">"}
	advisories.Description = "documents that ran out of deliveries"
	return []jetstream.StreamConfig{docs, news, dead, advisories}
}

func (s Settings) consumers() map[string]jetstream.ConsumerConfig {
	return map[string]jetstream.ConsumerConfig{
		Documents: {Durable: workers, AckPolicy: jetstream.AckExplicitPolicy, AckWait: s.AckWait,
			MaxDeliver: -1, MaxAckPending: maxAckPending, MaxWaiting: 2048},
		Advisories: {Durable: letters, AckPolicy: jetstream.AckExplicitPolicy, AckWait: s.AckWait, MaxDeliver: -1},
	}
}

// Create makes the streams and consumers, or brings those that exist to the
// settings: an administrator's act, and what the embedded server does at start.
func Create(ctx context.Context, nc *nats.Conn, s Settings) error {
	return heeding(ctx, nc, func(ctx context.Context) error {
		return patiently(ctx, nc, func(ctx context.Context) error { return create(ctx, nc, s) })
	})
}

func create(ctx context.Context, nc *nats.Conn, s Settings) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return fmt.Errorf("create streams: %w", err)
	}
	for _, c := range s.streams() {
		if _, err := js.CreateOrUpdateStream(ctx, c); err != nil {
			return fmt.Errorf("create stream %s: %w", c.Name, explain(err))
		}
	}
	for _, name := range []string{Documents, Advisories} {
		c := s.consumers()[name]
		if _, err := js.CreateOrUpdateConsumer(ctx, name, c); err != nil {
			return fmt.Errorf("create consumer %s of stream %s: %w", c.Durable, name, explain(err))
		}
	}
	return nil
}

// check compares the streams with what the contract's promises rest on, and
// reports every difference. Ages, sizes, windows and replicas are the
// administrator's choice.
func check(ctx context.Context, js jetstream.JetStream) error {
	var wrong []string
	for _, want := range DefaultSettings().streams() {
		got, err := js.Stream(ctx, want.Name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			wrong = append(wrong, "stream "+want.Name+" does not exist")
			continue
		}
		if err != nil {
			return fmt.Errorf("look at stream %s: %w", want.Name, explain(err))
		}
		wrong = append(wrong, differences(want, got.CachedInfo().Config)...)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the streams are not as Telex needs them: %s; an administrator makes them with `worker init`", strings.Join(wrong, "; "))
	}
	return nil
}

func differences(want, got jetstream.StreamConfig) []string {
	var out []string
	name := want.Name
	compare := func(what string, want, got any) {
		if w, g := fmt.Sprint(want), fmt.Sprint(got); w != g {
			out = append(out, fmt.Sprintf("stream %s has %s %s, not %s", name, what, g, w))
		}
	}
	slices.Sort(got.Subjects)
	slices.Sort(want.Subjects)
	compare("subjects", want.Subjects, got.Subjects)
	compare("retention", want.Retention, got.Retention)
	compare("storage", want.Storage, got.Storage)
	compare("discard", want.Discard, got.Discard)
	compare("acknowledgements to publishers", !want.NoAck, !got.NoAck)
	compare("writing before acknowledging", want.PersistMode != jetstream.AsyncPersistMode, got.PersistMode != jetstream.AsyncPersistMode)
	if name == Documents { // of articles and letters the oldest would only go earlier
		compare("a limit of messages", false, got.MaxMsgs > 0)
	}
	compare("a limit of messages for each subject", false, got.MaxMsgsPerSubject > 0)
	compare("deleting allowed", !want.DenyDelete, !got.DenyDelete)
	compare("purging allowed", !want.DenyPurge, !got.DenyPurge)
	compare("direct gets", want.AllowDirect, got.AllowDirect)
	compare("a change of subjects", want.SubjectTransform != nil, got.SubjectTransform != nil)
	compare("a mirror or sources", false, got.Mirror != nil || len(got.Sources) > 0)
	compare("atomic publish", want.AllowAtomicPublish, got.AllowAtomicPublish)
	compare("republish to live.>", want.RePublish != nil, got.RePublish != nil && got.RePublish.Destination == "live.>")
	if got.MaxMsgSize > 0 && (want.MaxMsgSize <= 0 || got.MaxMsgSize < want.MaxMsgSize) {
		compare("largest message", want.MaxMsgSize, got.MaxMsgSize)
	}
	return out
}

// checkConsumers compares the consumers that the workers share with what they
// rest on. Waits, numbers of deliveries and of documents in hand are the
// administrator's choice.
func checkConsumers(s *Stream) error {
	var wrong []string
	for _, c := range []jetstream.Consumer{s.documents, s.advisories} {
		got, name := c.CachedInfo().Config, c.CachedInfo().Name
		for _, d := range []struct {
			is   bool
			what string
		}{
			{got.AckPolicy != jetstream.AckExplicitPolicy, "does not want each message acknowledged"},
			{got.DeliverPolicy != jetstream.DeliverAllPolicy, "does not deliver from the first message on"},
			{got.FilterSubject != "" || len(got.FilterSubjects) > 0, "filters subjects"},
			{got.HeadersOnly, "delivers headers only"},
			{got.ReplayPolicy != jetstream.ReplayInstantPolicy, "delivers at the pace of the past"},
			{len(got.BackOff) > 0, "has a backoff, which goes before the delays of the workers"},
			{got.MaxRequestMaxBytes > 0 && got.MaxRequestMaxBytes < MaxPayload, "limits the bytes of a request"},
		} {
			if d.is {
				wrong = append(wrong, "consumer "+name+" "+d.what)
			}
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the consumers are not as Telex needs them: %s; delete them (`nats consumer rm`), and an administrator makes them with `worker init`", strings.Join(wrong, "; "))
	}
	return nil
}
