package document

import "fmt"

// Reason says why a document was not processed; it is the last token of the
// subject of its dead letter.
type Reason string

// The reasons of the contract.
const (
	BadJSON       Reason = "bad-json"
	NotUTF8       Reason = "not-utf8" // lone surrogates in escapes included
	NoText        Reason = "no-text"
	TooLarge      Reason = "too-large"
	BadField      Reason = "bad-field"
	Panic         Reason = "panic"
	Timeout       Reason = "timeout"
	MaxDeliveries Reason = "max-deliveries"
	Internal      Reason = "internal"
)

// Refusal is the error for a document that can never be processed: trying
// again gives the same.
type Refusal struct {
	Reason  Reason
	Step    string // the step that refused it; "decode" before the first
	Message string // what is wrong and what the publisher can do
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Reason, r.Message) }

func refuse(reason Reason, format string, args ...any) *Refusal {
	return &Refusal{Reason: reason, Step: "decode", Message: fmt.Sprintf(format, args...)}
}
