// Package cli holds the flags that both commands share, and how a command ends.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/rs/zerolog"
	"golang.org/x/term"

	"telex/internal/logging"
	"telex/internal/source"
	"telex/internal/stream"
)

// Context ends at SIGTERM or an interrupt; a second signal ends the process at once.
func Context() (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// Exit codes of both commands.
const (
	Done   = 0
	Failed = 1
	Usage  = 2
)

// Connection says which NATS server is meant and who we are.
type Connection struct {
	NATS    string `name:"nats" env:"NATS_URL" placeholder:"URL" help:"NATS server, or several separated by commas."`
	Creds   string `env:"NATS_CREDS" type:"existingfile" placeholder:"FILE" help:"Credentials of the user: JWT and seed."`
	NKey    string `name:"nkey" type:"existingfile" placeholder:"FILE" help:"NKey seed of the user."`
	Context string `placeholder:"NAME" help:"Context of the nats tool, in place of --nats and the rest."`
	TLSCA   string `name:"tls-ca" type:"existingfile" placeholder:"FILE" help:"Authorities that sign the server's certificate, PEM."`
	TLSCert string `name:"tls-cert" type:"existingfile" placeholder:"FILE" help:"Certificate of this client, PEM."`
	TLSKey  string `name:"tls-key" type:"existingfile" placeholder:"FILE" help:"Key of --tls-cert, PEM."`

	InboxPrefix string `placeholder:"PREFIX" help:"Subject that replies to this user begin with, as its permissions say (the context's, or _INBOX)."`
}

// Given tells whether a server is named.
func (c *Connection) Given() bool { return c.NATS != "" || c.Context != "" }

// Validate finds flags that do not go together.
func (c *Connection) Validate() error {
	switch {
	case c.Context != "" && (c.Creds != "" || c.NKey != "" || c.TLSCA != "" || c.TLSCert != ""):
		return errors.New("--context already says how to connect; leave --creds, --nkey and --tls-… out, or the context")
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key go together")
	}
	return c.validateInbox()
}

// validateInbox holds the prefix to what can stand before a reply's own token.
func (c *Connection) validateInbox() error {
	if c.InboxPrefix == "" {
		return nil
	}
	for token := range strings.SplitSeq(c.InboxPrefix, ".") {
		if token == "" || strings.ContainsAny(token, "*> \t\r\n") {
			return fmt.Errorf("--inbox-prefix %q is no subject such as _INBOX_worker: tokens with dots between them, without * and >", c.InboxPrefix)
		}
	}
	return nil
}

// Login gives the flags as the stream package takes them.
func (c *Connection) Login() stream.Login {
	return stream.Login{
		URL: c.NATS, Context: c.Context, Creds: c.Creds, NKey: c.NKey,
		TLSCA: c.TLSCA, TLSCert: c.TLSCert, TLSKey: c.TLSKey, InboxPrefix: c.InboxPrefix,
	}
}

// Defaults are for documents that do not say it themselves.
type Defaults struct {
	Source    string `placeholder:"NAME" help:"Source of documents that name none (default: local)."`
	Published string `placeholder:"TIME" help:"When documents that do not say it were published: RFC 3339 or YYYY-MM-DD."`
	URL       string `name:"url" placeholder:"URL" help:"Address of documents that name none."`
	Zone      string `placeholder:"ZONE" help:"Time zone of published times without an offset, by its IANA name (Europe/Amsterdam)."`
}

// Location is the zone by its name; nil without one.
func (d *Defaults) Location() (*time.Location, error) {
	if d.Zone == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(d.Zone)
	if err != nil || d.Zone == "Local" { // results must not depend on this machine
		return nil, &UsageError{Err: fmt.Errorf("--zone %q is no IANA name such as Europe/Brussels", d.Zone)}
	}
	return zone, nil
}

// ForSource gives the defaults as the source package takes them.
func (d *Defaults) ForSource() source.Defaults {
	return source.Defaults{Source: d.Source, Published: d.Published, URL: d.URL}
}

// Log says how much is logged, and in which form.
type Log struct {
	LogLevel  string `default:"info" enum:"debug,info,warn,error" placeholder:"LEVEL" help:"Least grave lines that are logged: debug, info, warn, error."`
	LogFormat string `default:"" enum:",json,console" placeholder:"FORMAT" help:"json or console (default: console on a terminal, else json)."`
}

// Logger writes to standard error.
func (l *Log) Logger() (zerolog.Logger, error) {
	format := l.LogFormat
	if format == "" {
		format = logging.JSON
		if IsTerminal(os.Stderr) {
			format = logging.Console
		}
	}
	return logging.New(os.Stderr, l.LogLevel, format)
}

// IsTerminal tells whether a person looks at the file.
func IsTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// Size is a number of bytes, written with a unit: 8GiB, 500MB, 4096.
type Size int64

var units = []struct {
	name  string
	bytes int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
	{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1}, {"", 1},
}

// UnmarshalText reads a size.
func (s *Size) UnmarshalText(text []byte) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(strings.ToLower(string(text)), strings.ToLower(u.name))
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		if err != nil || n < 0 || n > (1<<62)/u.bytes {
			break
		}
		*s = Size(n * u.bytes)
		return nil
	}
	return fmt.Errorf("%q is no size such as 8GiB, 500MB or 4096", text)
}

// Version is what the build knows of itself.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version, dirty := info.Main.Version, ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (version == "" || version == "(devel)") {
			version = s.Value[:min(12, len(s.Value))]
		}
		if s.Key == "vcs.modified" && s.Value == "true" && !strings.HasSuffix(version, "+dirty") {
			dirty = "+dirty"
		}
	}
	return version + dirty
}

// UsageError is a mistake in the flags that shows only when they are used.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap gives the mistake.
func (e *UsageError) Unwrap() error { return e.Err }

// Main parses args into grammar, runs the command, and gives the exit code.
// Errors go to stderr in one line.
func Main(grammar any, args []string, stderr io.Writer, options ...kong.Option) int {
	exit := -1
	options = append(options, kong.Exit(func(code int) { exit = code }), kong.DefaultEnvars("TELEX"),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	parser, err := kong.New(grammar, options...)
	if err != nil {
		fmt.Fprintln(stderr, "the command line is wrongly described:", err)
		return Failed
	}
	c, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help or --version
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: %v\nTry %s --help\n", parser.Model.Name, err, parser.Model.Name)
		return Usage
	}
	err = c.Run()
	var usage *UsageError
	switch {
	case err == nil:
		return Done
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "%s: %v\nTry %s --help\n", parser.Model.Name, err, c.Selected().FullPath())
		return Usage
	case !errors.Is(err, ErrSaid):
		fmt.Fprintf(stderr, "%s: %v\n", parser.Model.Name, err)
	}
	return Failed
}

// ErrSaid is the error of a command that has already said what failed.
var ErrSaid = errors.New("failed")
