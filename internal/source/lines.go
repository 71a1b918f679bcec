package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"telex/internal/document"
)

// bufferSize is the size in bytes of the read buffer.
const bufferSize = 64 << 10

var byteOrderMark = []byte("\xef\xbb\xbf")

// lines cuts a stream at its newlines, and no line of it makes it hold more
// than MaxItem bytes.
type lines struct {
	r *bufio.Reader
	n int // lines read so far, blank ones too
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, bufferSize)} }

// line is one line that is not blank, without its end.
type line struct {
	data     []byte // a copy of its own; nil when too long
	number   int    // counted from 1
	consumed int64  // bytes read to get here, blank lines before it and its end included
	long     bool   // longer than MaxItem; data was thrown away
}

// next gives the next line that is not blank, io.EOF after the last, or the
// error of the stream; what stood before an error is not given.
func (l *lines) next() (line, error) {
	var read int64
	for {
		ln, err := l.any()
		ln.consumed += read
		read = ln.consumed
		if err != nil && (err != io.EOF || len(ln.data) == 0 && !ln.long) {
			return line{consumed: read}, err
		}
		if l.n == 1 {
			ln.data = bytes.TrimPrefix(ln.data, byteOrderMark)
		}
		if ln.long || len(bytes.TrimSpace(ln.data)) > 0 {
			return ln, nil
		}
		if err != nil {
			return line{consumed: read}, err
		}
	}
}

// any reads one line, blank or not.
func (l *lines) any() (line, error) {
	ln := line{number: l.n + 1}
	for {
		part, err := l.r.ReadSlice('\n')
		ln.consumed += int64(len(part))
		end := err == nil
		if end {
			part = part[:len(part)-1]
		}
		if !ln.long {
			ln.data = append(ln.data, part...)
		}
		// One byte of grace: the carriage return is not of the line.
		if len(ln.data) > MaxItem+1 {
			ln.data, ln.long = nil, true
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if ln.consumed > 0 {
			l.n++
		}
		ln.data = bytes.TrimSuffix(ln.data, []byte("\r"))
		if len(ln.data) > MaxItem {
			ln.data, ln.long = nil, true
		}
		return ln, err
	}
}

// lines reads the rest of a stream as JSON lines.
func (r *reader) lines(name string, l *lines) bool {
	for {
		ln, err := l.next()
		if err == io.EOF {
			return true
		}
		if err != nil {
			return r.fail(name, fmt.Errorf("read %s after line %d: %w", name, l.n, err))
		}
		if !r.line(name, ln) {
			return false
		}
	}
}

// line passes one line on. One that is no object is refused here, for by itself
// it would pass for plain text.
func (r *reader) line(name string, ln line) bool {
	it := Item{Name: name + ":" + strconv.Itoa(ln.number), Data: ln.data, Consumed: ln.consumed}
	switch {
	case ln.long:
		it.Err = tooLong("the line")
	case !opensObject(ln.data):
		it.Data, it.Err = nil, notObject("the line")
	}
	return r.emit(it)
}

// json reads a .json file: one document, or JSON lines under the wrong name.
func (r *reader) json(name string, in io.Reader) bool {
	l := newLines(in)
	if first, _ := l.firstByte(); first != '{' {
		return r.whole(name, l.r, func([]byte) ([]byte, error) { return nil, notObject("the file") })
	}
	return r.objects(name, l)
}

// sniff reads a stream that nobody described: it begins with a brace and is JSON,
// or it is one plain text.
func (r *reader) sniff(name string, in io.Reader) bool {
	l := newLines(in)
	first, err := l.firstByte()
	if err == io.EOF && l.r.Buffered() == 0 {
		return true // nothing at all is no document
	}
	if first != '{' {
		return r.whole(name, l.r, nil)
	}
	return r.objects(name, l)
}

// firstByte looks for the first byte that is neither space nor byte order mark
// and takes nothing from the stream. It waits for no more bytes than it needs,
// so that a slow pipe gives its first line at once. A stream that begins with
// more space than the buffer holds counts as text.
func (l *lines) firstByte() (byte, error) {
	for n := 1; n <= bufferSize; n = l.r.Buffered() + 1 {
		if _, err := l.r.Peek(n); err != nil {
			if err == io.EOF {
				if b, ok := firstIn(l.r); ok {
					return b, nil
				}
			}
			return 0, err
		}
		if b, ok := firstIn(l.r); ok {
			return b, nil
		}
	}
	return 0, bufio.ErrBufferFull
}

// firstIn looks at what is buffered.
func firstIn(r *bufio.Reader) (byte, bool) {
	buffered, _ := r.Peek(r.Buffered())
	if len(buffered) < len(byteOrderMark) && bytes.HasPrefix(byteOrderMark, buffered) {
		return 0, false
	}
	buffered = bytes.TrimPrefix(buffered, byteOrderMark)
	buffered = bytes.TrimLeft(buffered, " \t\r\n")
	if len(buffered) == 0 {
		return 0, false
	}
	return buffered[0], true
}

// objects reads a stream that begins with a brace. When the first line is a
// value by itself the stream is JSON lines. When it is not, but with the second
// line it is the beginning of one, the stream is one document over many lines.
// Otherwise the first of many lines is broken.
func (r *reader) objects(name string, l *lines) bool {
	first, err := l.next()
	if err != nil {
		return err == io.EOF || r.fail(name, fmt.Errorf("read %s: %w", name, err))
	}
	if first.long || json.Valid(first.data) {
		return r.line(name, first) && r.lines(name, l)
	}
	second, err := l.next()
	if err != nil && err != io.EOF {
		return r.fail(name, fmt.Errorf("read %s: %w", name, err))
	}
	if err == io.EOF || second.long || !begins(first.data, second.data) {
		return r.line(name, first) && (err == io.EOF || r.line(name, second)) && r.lines(name, l)
	}
	begun := append(append(first.data, '\n'), second.data...)
	if _, err := l.r.Peek(1); err == nil {
		begun = append(begun, '\n')
	}
	return r.whole(name, io.MultiReader(bytes.NewReader(begun), l.r), nil)
}

// begins tells whether the two lines are a JSON value or the beginning of one.
func begins(first, second []byte) bool {
	var value json.RawMessage
	err := json.NewDecoder(io.MultiReader(bytes.NewReader(first), bytes.NewReader([]byte("\n")),
		bytes.NewReader(second))).Decode(&value)
	return err == nil || errors.Is(err, io.ErrUnexpectedEOF)
}

func opensObject(data []byte) bool {
	data = bytes.TrimLeft(data, " \t\r")
	return len(data) > 0 && data[0] == '{'
}

func notObject(what string) error {
	return &document.Refusal{Reason: document.BadJSON, Step: "read",
		Message: what + " is not a JSON object; write one object per document, beginning with {"}
}
