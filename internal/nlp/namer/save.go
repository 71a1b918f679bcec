package namer

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"telex/internal/nlp/lexicon"
)

// header opens a model file. The keys of the features follow, as differences;
// then the weights, label by label, so that they compress well; then the learned
// lists.
type header struct {
	Format   string
	Kinds    []string
	Groups   Group
	Features int
	Scale    float32
	Weights  [2]float32
	Moves    [2][]float32
}

const (
	format = "telex-namer/1"
	// Bounds on what a damaged file can make Load ask for.
	maxHeader   = 1 << 20
	maxKinds    = 16
	maxFeatures = 1 << 21
)

// Save writes the model with its learned lists, but without those of the pack.
func (m *Model) Save(out io.Writer) error {
	t := &m.table
	head, err := json.Marshal(header{format, m.kinds, m.groups, len(t.keys), t.scale, m.weights, m.moves})
	if err != nil {
		return fmt.Errorf("encode the header of the model of names: %w", err)
	}
	buf := bufio.NewWriter(out)
	_ = binary.Write(buf, binary.LittleEndian, uint32(len(head))) // a bufio.Writer keeps its error for Flush
	_, _ = buf.Write(head)
	before := uint32(0)
	for _, key := range t.keys {
		_, _ = buf.Write(binary.AppendUvarint(nil, uint64(key-before)))
		before = key
	}
	for c := range t.width {
		for i := range t.keys {
			_ = buf.WriteByte(byte(t.rows[i*t.width+c]))
		}
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("write the model of names: %w", err)
	}
	return m.reader.lists.Learned.Save(out)
}

// Load reads what Save wrote; lists are those of the pack, and its learned ones
// are taken from the file. An error says that the file is damaged or of another
// format.
func Load(in io.Reader, lists Lists) (*Model, error) {
	r := bufio.NewReaderSize(in, 1<<16)
	h, err := readHeader(r)
	if err != nil {
		return nil, fmt.Errorf("read the header of the model of names: %w", err)
	}
	m := &Model{kinds: h.Kinds, groups: h.Groups, weights: h.Weights, moves: h.Moves}
	m.table.width, m.table.scale = 2*count(len(h.Kinds)), h.Scale
	if err := m.table.readKeys(r, h.Features); err != nil {
		return nil, fmt.Errorf("read the features of the model of names: %w", err)
	}
	if err := m.table.readRows(r); err != nil {
		return nil, fmt.Errorf("read the weights of the model of names: %w", err)
	}
	if lists.Learned, err = lexicon.Load(r); err != nil {
		return nil, fmt.Errorf("read the lists of the model of names: %w", err)
	}
	m.reader = reader{lists}
	m.prepare()
	return m, nil
}

func readHeader(r io.Reader) (h header, err error) {
	var size uint32
	if err := binary.Read(r, binary.LittleEndian, &size); err != nil {
		return h, err
	}
	if size > maxHeader {
		return h, fmt.Errorf("it claims %d bytes, more than %d: this is no model of names", size, maxHeader)
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, err
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return h, err
	}
	return h, h.check()
}

func (h *header) check() error {
	switch {
	case h.Format != format:
		return fmt.Errorf("the format is %q, not %q", h.Format, format)
	case len(h.Kinds) == 0 || len(h.Kinds) > maxKinds:
		return fmt.Errorf("it has %d kinds of names, between 1 and %d can be", len(h.Kinds), maxKinds)
	case h.Features < 0 || h.Features > maxFeatures:
		return fmt.Errorf("it claims %d features, more than %d", h.Features, maxFeatures)
	case !(h.Scale > 0) || h.Scale > math.MaxInt16:
		return fmt.Errorf("the step of weights is %g", h.Scale)
	}
	seen := map[string]bool{}
	for _, kind := range h.Kinds {
		if kind == "" || seen[kind] || strings.ContainsAny(kind, " \t\n") {
			return fmt.Errorf("the kind of names %q is empty, not one word, or stands twice", kind)
		}
		seen[kind] = true
	}
	k := count(len(h.Kinds))
	for _, moves := range h.Moves {
		if len(moves) != k*k {
			return fmt.Errorf("it has %d scores of labels that follow each other, not %d", len(moves), k*k)
		}
	}
	return nil
}

// readKeys reads n keys; the room grows with what is read, not with what is claimed.
func (t *table) readKeys(r io.ByteReader, n int) error {
	before := uint64(0)
	for i := range n {
		d, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		if before += d; before > math.MaxUint32 || d > math.MaxUint32 || i > 0 && d == 0 {
			return errors.New("the keys are not in order")
		}
		t.keys = append(t.keys, uint32(before))
	}
	return nil
}

func (t *table) readRows(r io.Reader) error {
	t.rows = make([]int8, len(t.keys)*t.width)
	column := make([]byte, len(t.keys))
	for c := range t.width {
		if _, err := io.ReadFull(r, column); err != nil {
			return err
		}
		for i, v := range column {
			t.rows[i*t.width+c] = int8(v)
		}
	}
	return nil
}
