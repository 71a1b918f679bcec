package stream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"telex/internal/document"
)

// StoredLetter is a dead letter as it stands in DEAD. What a letter that
// another program wrote does not say is empty.
type StoredLetter struct {
	Seq      uint64    // in DEAD
	Time     time.Time // when it was stored
	Key      string    // of the document
	Reason   document.Reason
	Step     string
	Error    string
	Attempts int
	Subject  string      // that the document came on
	DocSeq   uint64      // of the document in DOCUMENTS
	Header   nats.Header // of the letter, without the server's own
	Data     []byte      // the document as its publisher sent it
}

func storedLetter(m *jetstream.RawStreamMsg) *StoredLetter {
	for name := range m.Header { // the server says in headers of its own where the letter stood
		if strings.HasPrefix(name, "Nats-") && name != jetstream.MsgIDHeader {
			delete(m.Header, name)
		}
	}
	get := m.Header.Get
	l := &StoredLetter{
		Seq: m.Sequence, Time: m.Time, Reason: document.Reason(strings.TrimPrefix(m.Subject, "dead.")),
		Step: get(HeaderStep), Error: get(HeaderError), Subject: get(HeaderSubject), Header: m.Header, Data: m.Data,
	}
	l.Key, _, _ = strings.Cut(get(jetstream.MsgIDHeader), "@")
	l.Attempts, _ = strconv.Atoi(get(HeaderAttempts))             // 0 where it does not say
	l.DocSeq, _ = strconv.ParseUint(get(HeaderStreamSeq), 10, 64) // likewise
	return l
}

// Source is the token of the subject that the document came on.
func (l *StoredLetter) Source() string { return strings.TrimPrefix(l.Subject, "documents.") }

// ID is the publisher's own name of the document, as far as it can be found.
func (l *StoredLetter) ID() string {
	if id := l.Header.Get(document.HeaderID); id != "" {
		return id
	}
	return document.PeekID(l.Data)
}

// ErrNoLetter is the error of a sequence that holds no dead letter.
var ErrNoLetter = errors.New("there is no such dead letter")

// ErrNotRetried is the error of a letter whose document cannot be published
// again, now or later.
var ErrNotRetried = errors.New("it cannot be tried again")

// DeadLetters is an operator's view of DEAD. Its methods may be called by many
// goroutines at once.
type DeadLetters struct {
	js   jetstream.JetStream
	dead jetstream.Stream
}

// OpenDeadLetters finds DEAD. It needs none of the other streams.
func OpenDeadLetters(ctx context.Context, nc *nats.Conn) (*DeadLetters, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	d := &DeadLetters{js: js}
	err = heeding(ctx, nc, func(ctx context.Context) error {
		return patiently(ctx, nc, func(ctx context.Context) error {
			d.dead, err = js.Stream(ctx, Dead)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("find stream %s: %w", Dead, explain(err))
	}
	return d, nil
}

// Selection says which letters are meant; the zero Selection is all of them.
type Selection struct {
	Reason document.Reason // "" for any
	Source string          // token of the subject that documents came on; "" for any
}

// Each hands the letters that stand when it begins to do, in the order of
// their sequences. It ends at the first error of do and gives it back.
func (d *DeadLetters) Each(ctx context.Context, sel Selection, do func(*StoredLetter) error) error {
	info, err := d.dead.Info(ctx)
	if err != nil {
		return fmt.Errorf("look at stream %s: %w", Dead, err)
	}
	subject := "dead.*"
	if sel.Reason != "" {
		subject = "dead." + string(sel.Reason)
	}
	return scan(ctx, d.js, Dead, subject, info.State.FirstSeq, info.State.LastSeq, func(m *jetstream.RawStreamMsg) error {
		l := storedLetter(m)
		if sel.Source != "" && l.Source() != sel.Source {
			return nil
		}
		return do(l)
	})
}

// Get gives one letter. The error is ErrNoLetter if it does not stand.
func (d *DeadLetters) Get(ctx context.Context, seq uint64) (*StoredLetter, error) {
	m, err := d.dead.GetMsg(ctx, seq)
	switch {
	case seq == 0 || errors.Is(err, jetstream.ErrMsgNotFound):
		return nil, fmt.Errorf("%w: %d; `worker dead list` shows those that stand", ErrNoLetter, seq)
	case err != nil:
		return nil, fmt.Errorf("read dead letter %d: %w", seq, err)
	}
	return storedLetter(m), nil
}

// Retry publishes the document of a letter again, as it came and on the subject
// it came on, and then deletes the letter. The message id is made of the
// letter's sequence: done again after a crash between the two, the document is
// known as a duplicate, and only the letter goes. ErrNotRetried is of this letter
// alone; any other error may be of the server.
func (d *DeadLetters) Retry(ctx context.Context, l *StoredLetter) (duplicate bool, err error) {
	m, err := l.original()
	if err != nil {
		return false, err
	}
	ack, err := d.js.PublishMsg(ctx, m)
	if err != nil {
		if isPermanent(err) {
			err = errors.Join(ErrNotRetried, err)
		}
		return false, fmt.Errorf("publish the document of dead letter %d again: %w", l.Seq, explain(denied(d.js.Conn(), m.Subject, err)))
	}
	return ack.Duplicate, d.Delete(ctx, l.Seq)
}

// original is the document as its publisher sent it, under the message id of a retry.
func (l *StoredLetter) original() (*nats.Msg, error) {
	token, ok := document.SubjectToken(l.Source())
	if !ok || "documents."+token != l.Subject || l.Key == "" {
		return nil, fmt.Errorf("dead letter %d: %w: no worker wrote it, for it does not say which document it holds (message id %q, %s %q); `worker dead show %d` shows it, `worker dead purge %d` deletes it",
			l.Seq, ErrNotRetried, l.Header.Get(jetstream.MsgIDHeader), HeaderSubject, l.Subject, l.Seq, l.Seq)
	}
	m := &nats.Msg{Subject: l.Subject, Data: l.Data, Header: nats.Header{}}
	for name, values := range l.Header {
		if !strings.HasPrefix(name, "Nats-") && !isLetterHeader(name) {
			m.Header[name] = values
		}
	}
	m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%s#retry-%d", l.Key, l.Seq))
	return m, nil
}

func isLetterHeader(name string) bool {
	switch name {
	case HeaderReason, HeaderError, HeaderStep, HeaderAttempts, HeaderSubject, HeaderStreamSeq:
		return true
	}
	return false
}

// Delete deletes a letter for good. One that is gone already is no error.
func (d *DeadLetters) Delete(ctx context.Context, seq uint64) error {
	err := d.dead.DeleteMsg(ctx, seq)
	if err == nil {
		return nil
	}
	if _, look := d.dead.GetMsg(ctx, seq); errors.Is(look, jetstream.ErrMsgNotFound) {
		return nil
	}
	return fmt.Errorf("delete dead letter %d: %w", seq, denied(d.js.Conn(), "$JS.API.STREAM.MSG.DELETE."+Dead, err))
}
