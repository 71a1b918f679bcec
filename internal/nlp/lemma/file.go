package lemma

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// format starts every file. After it, in numbers of variable length and strings
// after their lengths, stand the tags, groups, classes, entries and rules, each
// list after its length. An empty form is that of the entry before; a lemma is
// written as how much of the front of its form it is, or as 0 and its text.
const format = "telex lemmas 1\n"

// maxFile bounds a file, in bytes.
const maxFile = 1 << 24

// Save writes the tables; Load makes a model of them.
func (t *Tables) Save(w io.Writer) error {
	e := &encoder{w: bufio.NewWriter(w)}
	e.w.WriteString(format)
	e.number(len(t.Tags))
	for _, tag := range t.Tags {
		e.text(tag)
	}
	e.number(len(t.Groups))
	for _, g := range t.Groups {
		e.text(g.UPOS)
		e.number(int(g.Keep))
		e.number(len(g.Weights))
		for _, x := range g.Weights {
			e.signed(int64(x))
		}
	}
	e.number(len(t.Classes))
	for _, c := range t.Classes {
		e.text(c.UPOS)
		e.text(c.XPOS)
		e.text(c.Tag)
	}
	e.entries(t.Entries)
	e.number(len(t.Rules))
	for _, r := range t.Rules {
		e.number(r.Tag)
		e.text(r.Suffix)
		e.text(r.Script.Front)
		e.number(r.Script.Cut)
		e.text(r.Script.Add)
	}
	if err := e.w.Flush(); err != nil {
		return fmt.Errorf("write the lemma model: %w", err)
	}
	return nil
}

// encoder writes; the buffer keeps the first error.
type encoder struct {
	w    *bufio.Writer
	room [binary.MaxVarintLen64]byte
}

func (e *encoder) number(n int) { e.w.Write(binary.AppendUvarint(e.room[:0], uint64(n))) }

func (e *encoder) signed(n int64) { e.w.Write(binary.AppendVarint(e.room[:0], n)) }

func (e *encoder) text(s string) {
	e.number(len(s))
	e.w.WriteString(s)
}

func (e *encoder) entries(all []Entry) {
	e.number(len(all))
	before := ""
	for _, x := range all {
		if x.Form == before {
			e.number(0)
		} else {
			e.text(x.Form)
		}
		before = x.Form
		e.number(x.Tag)
		e.number(int(x.Stat))
		if strings.HasPrefix(x.Form, x.Lemma) {
			e.number(len(x.Lemma))
		} else {
			e.number(0)
			e.text(x.Lemma)
		}
	}
}

// Load reads what Save wrote, to the end of r. An error says what is wrong with a
// damaged file.
func Load(r io.Reader) (*Model, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the lemma model: %w", err)
	}
	if len(data) > maxFile {
		return nil, errors.New("read the lemma model: the file is too long")
	}
	d := &decoder{rest: string(data)}
	t := d.tables()
	switch {
	case d.err != nil:
		return nil, fmt.Errorf("read the lemma model: %w", d.err)
	case d.rest != "":
		return nil, errors.New("read the lemma model: more follows where it should end")
	}
	return NewModel(t)
}

// decoder reads from a string. After an error it gives nothing but zeros.
type decoder struct {
	rest string
	err  error
}

var (
	errShort  = errors.New("the file ends too soon")
	errNumber = errors.New("a number is out of range")
)

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.rest = ""
}

func (d *decoder) byte() byte {
	if d.rest == "" {
		d.fail(errShort)
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

// number reads a number of at most limit.
func (d *decoder) number(limit int) int {
	n := 0
	for shift := 0; shift < 35; shift += 7 {
		b := d.byte()
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			if n > limit {
				d.fail(errNumber)
				return 0
			}
			return n
		}
	}
	d.fail(errNumber)
	return 0
}

// length reads the length of a list, each of whose items takes a byte at least.
func (d *decoder) length() int { return d.number(len(d.rest)) }

func (d *decoder) text() string {
	n := d.number(len(d.rest))
	if n > len(d.rest) {
		d.fail(errShort)
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) tables() *Tables {
	t := &Tables{}
	if len(d.rest) < len(format) || d.rest[:len(format)] != format {
		d.fail(errors.New("it is of another format"))
		return t
	}
	d.rest = d.rest[len(format):]
	for range d.length() {
		t.Tags = append(t.Tags, d.text())
	}
	for range d.length() {
		t.Groups = append(t.Groups, d.group())
	}
	for range d.length() {
		t.Classes = append(t.Classes, Class{d.text(), d.text(), d.text()})
	}
	t.Entries = d.entries()
	n := d.length()
	t.Rules = make([]Rule, 0, n)
	for range n {
		t.Rules = append(t.Rules, Rule{Tag: d.number(noTag), Suffix: d.text(), Script: Script{Front: d.text(), Cut: d.number(maxForm), Add: d.text()}})
	}
	return t
}

func (d *decoder) group() Group {
	g := Group{UPOS: d.text(), Keep: uint16(d.number(1<<16 - 1))}
	for range d.number(Features) {
		n := d.number(1<<17 - 1)
		g.Weights = append(g.Weights, int16(n>>1)^-int16(n&1))
	}
	return g
}

// entries reads entries, whose texts stay where they are in the file.
func (d *decoder) entries() []Entry {
	n := d.number(len(d.rest) / 4) // bytes of the smallest entry
	all, form := make([]Entry, 0, n), ""
	for range n {
		if more := d.text(); more != "" {
			form = more
		}
		e := Entry{Form: form, Tag: d.number(noTag), Stat: uint8(d.number(255))}
		if n := d.number(len(form)); n > 0 {
			e.Lemma = form[:n]
		} else {
			e.Lemma = d.text()
		}
		if d.err != nil {
			return nil
		}
		all = append(all, e)
	}
	return all
}
