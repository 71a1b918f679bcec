package stream

import (
	"fmt"
	"sync"
)

// serverLog passes on what the embedded server has to say about trouble. Its
// notices are of no use to an operator of Telex.
type serverLog struct {
	report func(level, message string) // may be nil
	mu     sync.Mutex
	final  string // the last error, for the error of a failed start
}

func (l *serverLog) say(level, format string, args []any) {
	message := fmt.Sprintf(format, args...)
	if level == "error" {
		l.mu.Lock()
		l.final = message
		l.mu.Unlock()
	}
	if l.report != nil {
		l.report(level, message)
	}
}

func (l *serverLog) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.final
}

func (l *serverLog) Noticef(string, ...any)            {}
func (l *serverLog) Debugf(string, ...any)             {}
func (l *serverLog) Tracef(string, ...any)             {}
func (l *serverLog) Warnf(format string, args ...any)  { l.say("warn", format, args) }
func (l *serverLog) Errorf(format string, args ...any) { l.say("error", format, args) }
func (l *serverLog) Fatalf(format string, args ...any) { l.say("error", format, args) }
