package faulttest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLedger(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		book func(*Ledger)
		want Report
	}{
		{"nothing", func(*Ledger) {}, Report{}},
		{"article with riders", func(l *Ledger) {
			l.Attempt("a", 2)
			l.Ack("a")
			l.Article("a", "1")
			l.Rider("a", "1", 1)
			l.Rider("a", "1", 0)
		}, Report{Attempted: 1, Acked: 1, Articles: 1, Riders: 2}},
		{"letter instead", func(l *Ledger) {
			l.Attempt("a", 2)
			l.Ack("a")
			l.Letter("a", "panic")
		}, Report{Attempted: 1, Acked: 1, Letters: 1}},
		{"lost", func(l *Ledger) {
			l.Attempt("b", 0)
			l.Attempt("a", 0)
			l.Ack("b")
			l.Ack("a")
		}, Report{Attempted: 2, Acked: 2, Lost: []string{"a", "b"}}},
		{"never acknowledged may be missing", func(l *Ledger) { l.Attempt("a", 1) }, Report{Attempted: 1}},
		{"never acknowledged may be there", func(l *Ledger) {
			l.Attempt("a", 0)
			l.Article("a", "1")
		}, Report{Attempted: 1, Articles: 1, Recovered: 1}},
		{"two articles", func(l *Ledger) {
			l.Attempt("a", 0)
			l.Ack("a")
			l.Article("a", "1")
			l.Article("a", "1")
		}, Report{Attempted: 1, Acked: 1, Articles: 2, Doubled: []string{"a"}}},
		{"an article of each version", func(l *Ledger) {
			l.Attempt("a", 1)
			l.Ack("a")
			l.Article("a", "1")
			l.Rider("a", "1", 0)
			l.Article("a", "2")
			l.Rider("a", "2", 0)
		}, Report{Attempted: 1, Acked: 1, Articles: 2, Riders: 2, Versions: 1}},
		{"a rider missing of one version", func(l *Ledger) {
			l.Attempt("a", 1)
			l.Ack("a")
			l.Article("a", "1")
			l.Article("a", "2")
			l.Rider("a", "2", 0)
		}, Report{Attempted: 1, Acked: 1, Articles: 2, Riders: 1, Versions: 1, BadRiders: []string{"a"}}},
		{"an article of each version and a letter", func(l *Ledger) {
			l.Attempt("a", 0)
			l.Article("a", "1")
			l.Article("a", "2")
			l.Letter("a", "timeout")
		}, Report{Attempted: 1, Articles: 2, Letters: 1, Doubled: []string{"a"}}},
		{"article and letter", func(l *Ledger) {
			l.Attempt("a", 0)
			l.Article("a", "1")
			l.Letter("a", "timeout")
		}, Report{Attempted: 1, Articles: 1, Letters: 1, Doubled: []string{"a"}}},
		{"two letters", func(l *Ledger) {
			l.Attempt("a", 0)
			l.Letter("a", "timeout")
			l.Letter("a", "timeout")
		}, Report{Attempted: 1, Letters: 2, Doubled: []string{"a"}}},
		{"invented", func(l *Ledger) { l.Article("x", "1") }, Report{Articles: 1, Unexpected: []string{"x"}}},
		{"acknowledged is not sent", func(l *Ledger) { l.Ack("x") }, Report{Acked: 1, Unexpected: []string{"x"}}},
		{"a rider twice", func(l *Ledger) {
			l.Attempt("a", 1)
			l.Article("a", "1")
			l.Rider("a", "1", 0)
			l.Rider("a", "1", 0)
		}, Report{Attempted: 1, Articles: 1, Riders: 2, Recovered: 1, BadRiders: []string{"a"}}},
		{"a rider missing", func(l *Ledger) {
			l.Attempt("a", 2)
			l.Article("a", "1")
			l.Rider("a", "1", 1)
		}, Report{Attempted: 1, Articles: 1, Riders: 1, Recovered: 1, BadRiders: []string{"a"}}},
		{"a rider too many", func(l *Ledger) {
			l.Attempt("a", 1)
			l.Article("a", "1")
			l.Rider("a", "1", 0)
			l.Rider("a", "1", 1)
		}, Report{Attempted: 1, Articles: 1, Riders: 2, Recovered: 1, BadRiders: []string{"a"}}},
		{"a rider of a dead document", func(l *Ledger) {
			l.Attempt("a", 1)
			l.Letter("a", "panic")
			l.Rider("a", "1", 0)
		}, Report{Attempted: 1, Letters: 1, Riders: 1, Recovered: 1, BadRiders: []string{"a"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := NewLedger()
			tt.book(l)
			got := l.Check()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
			wantOK := len(tt.want.Lost)+len(tt.want.Doubled)+len(tt.want.Unexpected)+len(tt.want.BadRiders) == 0
			if got.OK() != wantOK {
				t.Errorf("OK() = %t for %s", got.OK(), got)
			}
		})
	}
}

func TestReportNamesTheFirstFew(t *testing.T) {
	t.Parallel()
	l := NewLedger()
	for i := range 9 {
		l.Attempt(fmt.Sprintf("d%d", i), 0)
		l.Ack(fmt.Sprintf("d%d", i))
	}
	want := "lost: d0 d1 d2 d3 d4 ... d8"
	if got := l.Check().String(); !strings.Contains(got, want) {
		t.Errorf("report %q does not hold %q", got, want)
	}
}

func TestLedgerReasonsAndWithout(t *testing.T) {
	t.Parallel()
	l := NewLedger()
	l.Letter("a", "timeout")
	l.Letter("b", "panic")
	l.Letter("c", "panic")
	l.Attempt("e", 0)
	l.Attempt("d", 0)
	if got, want := l.Reasons(), "panic:2 timeout:1"; got != want {
		t.Errorf("Reasons() = %q, want %q", got, want)
	}
	if diff := cmp.Diff([]string{"d", "e"}, l.Without()); diff != "" {
		t.Errorf("Without() (-want +got):\n%s", diff)
	}
}

// One mistake among right documents is found, and found alone.
func TestLedgerFindsOneMistake(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "documents")
		wrong := rapid.IntRange(0, n-1).Draw(t, "wrong")
		mistake := rapid.SampledFrom([]string{"lose", "double", "rider"}).Draw(t, "mistake")
		l := NewLedger()
		for i := range n {
			name := fmt.Sprintf("d%03d", i)
			l.Attempt(name, 1)
			l.Ack(name)
			if i == wrong && mistake == "lose" {
				continue
			}
			l.Article(name, "1")
			if i != wrong || mistake != "rider" {
				l.Rider(name, "1", 0)
			}
			if i == wrong && mistake == "double" {
				l.Letter(name, "internal")
			}
		}
		r := l.Check()
		found := map[string][]string{"lose": r.Lost, "double": r.Doubled, "rider": r.BadRiders}
		want := fmt.Sprintf("[d%03d]", wrong)
		for kind, names := range found {
			if got := fmt.Sprint(names); kind == mistake && got != want || kind != mistake && got != "[]" {
				t.Fatalf("%s: got %s; %s", kind, got, r)
			}
		}
	})
}
