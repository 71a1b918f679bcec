// Package logging makes the logger of both commands: JSON lines, or readable
// text on a terminal.
package logging

import (
	"fmt"
	"io"
	"time"

	"github.com/rs/zerolog"
)

// Formats of a log.
const (
	JSON    = "json"
	Console = "console"
)

// timeFormat is RFC 3339 with milliseconds.
const timeFormat = "2006-01-02T15:04:05.000Z07:00"

// New makes a logger that writes to w. level is one of zerolog's names; format
// is JSON or Console.
func New(w io.Writer, level, format string) (zerolog.Logger, error) {
	at, err := zerolog.ParseLevel(level)
	if err != nil {
		return zerolog.Nop(), fmt.Errorf("log level %q (--log-level): debug, info, warn and error are known", level)
	}
	if format == Console {
		w = zerolog.ConsoleWriter{Out: w, TimeFormat: time.TimeOnly, TimeLocation: time.UTC,
			FieldsExclude: []string{"component", "worker", "version"}}
	}
	return zerolog.New(w).Level(at).Hook(utc{}), nil
}

// utc stamps each line. The library's own stamp depends on variables of the
// whole process.
type utc struct{}

func (utc) Run(e *zerolog.Event, _ zerolog.Level, _ string) {
	e.Str(zerolog.TimestampFieldName, time.Now().UTC().Format(timeFormat))
}
