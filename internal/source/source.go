// Package source reads documents from where people keep them: text files, JSON
// documents, JSON lines, HTML pages, folders of these, and standard input. It
// finds where one document ends and the next begins, and leaves it to the
// document package to say whether a document is any good.
//
// Everything streams: at any moment at most one document of a JSON lines file
// is in memory, whatever the size of the file.
package source

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"telex/internal/document"
)

// MaxItem is the size in bytes of the largest line or file that is read into
// memory; anything longer becomes a refused item.
const MaxItem = 8 << 20

// DefaultSource is the source of documents that name none.
const DefaultSource = "local"

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Item is one document as it was found, or the reason why there is none.
type Item struct {
	// Name says where the document was found: "a/b.txt", "feed.jsonl:12",
	// "stdin:3". Line numbers start at 1.
	Name string
	// Data is the document as published: a JSON object, or plain text with every
	// byte as it was in the file. An HTML page is wrapped in a JSON object. The
	// receiver owns it.
	Data []byte
	// Header holds the defaults that apply. It is shared by items: read only.
	//
	// A text file gets no Telex-Id: its key is then the hash of its content, so
	// that the same text under two names is one document.
	Header map[string]string
	// Consumed counts the input bytes that this item moved the reader on, for a
	// progress bar; the sum over all items is at most Size of the paths.
	Consumed int64
	// Err tells why there is no document here. It is a *document.Refusal when the
	// content is at fault, and any other error when reading failed.
	Err error
}

// Defaults is what holds for documents that do not say it themselves.
type Defaults struct {
	Source    string // default "local"
	Published string // RFC 3339 or YYYY-MM-DD; default unknown
	URL       string // default none
}

// header gives the defaults as message headers.
func (d Defaults) header() map[string]string {
	h := map[string]string{document.HeaderSource: DefaultSource}
	if d.Source != "" {
		h[document.HeaderSource] = d.Source
	}
	if d.Published != "" {
		h[document.HeaderPublished] = d.Published
	}
	if d.URL != "" {
		h[document.HeaderURL] = d.URL
	}
	return h
}

// Input says what to read.
type Input struct {
	// Paths are files, folders, or "-" for standard input, read in this order. A
	// folder is read with all below it, in the order of the names; hidden files
	// and files whose extension is not known are passed over. A file that is
	// named itself is always read: without a known extension by its looks, as
	// standard input is.
	Paths []string
	// Stdin is read for "-"; default os.Stdin.
	Stdin io.Reader
	// Watch keeps looking, after the first pass, for files that are written or
	// moved into the folders among Paths, until the context ends.
	Watch bool
	// Quiet is how long a file in a watched folder must stay unchanged before it
	// is taken; default 500 ms.
	Quiet time.Duration
	// Ready, if set, is called once when the first pass of a watch is over and
	// every folder is being watched.
	Ready func()
	Defaults
}

// Read gives the documents of in, one by one, in order. It stops when ctx ends
// or the caller stops asking. What cannot be read becomes an item with Err, and
// the rest goes on.
//
// A read from a pipe or a terminal that is waiting for data is not interrupted
// by ctx: a caller that must end at once should range in a goroutine of its own.
func Read(ctx context.Context, in Input) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		r := &reader{ctx: ctx, in: in, header: in.header(), yield: yield}
		if in.Watch {
			r.watch()
			return
		}
		for _, p := range in.Paths {
			if !r.path(p) {
				return
			}
		}
	}
}

// Size is the number of bytes that Read will go through, false when that cannot
// be known: standard input, pipes, watched folders.
func Size(in Input) (int64, bool) {
	if in.Watch {
		return 0, false
	}
	total, known := int64(0), true
	r := &reader{ctx: context.Background(), yield: func(Item) bool { return true }}
	r.file = func(path string, _ kind, info os.FileInfo) bool {
		total += info.Size()
		return true
	}
	for _, p := range in.Paths {
		info, err := os.Stat(p)
		switch {
		case p == Stdin, err == nil && !info.Mode().IsRegular() && !info.IsDir():
			known = false
		case err == nil:
			r.path(p)
		}
	}
	return total, known
}

// reader is one pass over an Input.
type reader struct {
	ctx    context.Context
	in     Input
	header map[string]string
	yield  func(Item) bool
	file   func(string, kind, os.FileInfo) bool // what to do with a file; default read it
	folder func(string) error                   // called before a folder is listed; default nothing
}

// emit passes an item on and tells whether to go on.
func (r *reader) emit(it Item) bool {
	if r.ctx.Err() != nil {
		return false
	}
	it.Header = r.header
	return r.yield(it)
}

// fail reports that something could not be read; the rest goes on.
func (r *reader) fail(name string, err error) bool {
	return r.emit(Item{Name: name, Err: err})
}

// path reads one path of the input.
func (r *reader) path(p string) bool {
	if p == Stdin {
		return r.sniff("stdin", r.stdin())
	}
	info, err := os.Stat(p)
	if err != nil {
		return r.fail(p, fmt.Errorf("look at %s: %w (check the path)", p, err))
	}
	if info.IsDir() {
		return r.dir(p)
	}
	return r.take(p, kindOf(p), info)
}

func (r *reader) stdin() io.Reader {
	if r.in.Stdin != nil {
		return r.in.Stdin
	}
	return os.Stdin
}

// dir reads a folder and all below it. Links to files are followed, links to
// folders are not, so that no loop is possible.
func (r *reader) dir(dir string) bool {
	if r.folder != nil {
		if err := r.folder(dir); err != nil && !r.fail(dir, err) {
			return false
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return r.fail(dir, fmt.Errorf("list folder %s: %w", dir, err))
	}
	for _, e := range entries {
		if r.ctx.Err() != nil {
			return false
		}
		if hidden(e.Name()) {
			continue
		}
		p := filepath.Join(dir, e.Name())
		if e.IsDir() {
			if !r.dir(p) {
				return false
			}
			continue
		}
		if !r.entry(p) {
			return false
		}
	}
	return true
}

// entry reads a file of a folder, if it is of a kind that is known.
func (r *reader) entry(p string) bool {
	k := kindOf(p)
	if k == unknown {
		return true
	}
	info, err := os.Stat(p)
	if os.IsNotExist(err) {
		return true // gone since the folder was listed, or a link to nothing
	}
	if err != nil {
		return r.fail(p, fmt.Errorf("look at %s: %w", p, err))
	}
	if !info.Mode().IsRegular() {
		return true
	}
	return r.take(p, k, info)
}

func (r *reader) take(p string, k kind, info os.FileInfo) bool {
	if r.file != nil {
		return r.file(p, k, info)
	}
	return r.open(p, k)
}

// open reads one file by its kind.
func (r *reader) open(p string, k kind) bool {
	f, err := os.Open(p)
	if err != nil {
		return r.fail(p, fmt.Errorf("open %s: %w", p, err))
	}
	defer f.Close()
	switch k {
	case jsonLines:
		return r.lines(p, newLines(f))
	case jsonFile:
		return r.json(p, f)
	case htmlFile:
		return r.whole(p, f, wrapHTML)
	case textFile:
		return r.whole(p, f, nil)
	}
	return r.sniff(p, f)
}

// whole reads all of in as one document, changed by convert unless that is nil.
func (r *reader) whole(name string, in io.Reader, convert func([]byte) ([]byte, error)) bool {
	data, err := io.ReadAll(io.LimitReader(in, MaxItem+1))
	if err != nil {
		return r.fail(name, fmt.Errorf("read %s: %w", name, err))
	}
	it := Item{Name: name, Data: data, Consumed: int64(len(data))}
	if len(data) > MaxItem {
		it.Data, it.Err = nil, tooLong("the document")
		// Drained, so that a program that writes into our pipe ends well.
		n, _ := io.Copy(io.Discard, untilDone{r.ctx, in})
		it.Consumed += n
		return r.emit(it)
	}
	if convert != nil {
		if it.Data, err = convert(data); err != nil {
			it.Data, it.Err = nil, err
		}
	}
	return r.emit(it)
}

// untilDone reads until the context ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

func tooLong(what string) error {
	return &document.Refusal{Reason: document.TooLarge, Step: "read",
		Message: fmt.Sprintf("%s is longer than %d MiB; split it into documents of at most 1 MiB of text", what, MaxItem>>20)}
}

// kind is how a file is read.
type kind int

const (
	unknown kind = iota
	textFile
	jsonFile
	jsonLines
	htmlFile
)

// kindOf tells the kind by the extension.
func kindOf(path string) kind {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".txt", ".text":
		return textFile
	case ".json":
		return jsonFile
	case ".jsonl", ".ndjson":
		return jsonLines
	case ".html", ".htm", ".xhtml":
		return htmlFile
	}
	return unknown
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }
