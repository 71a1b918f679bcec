package maxent

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// header opens a saved model, behind its own length in four bytes. The keys of the
// features follow, as differences; then the lower bytes of all weights and then the
// upper ones, so that they compress well.
type header struct {
	Format   string
	Features int
	Scale    float32
	Bias     float32
}

const (
	format = "telex-maxent/1"
	// Bounds on what a damaged file can make Load ask for.
	maxHeader   = 1 << 10
	maxFeatures = 1 << 22
)

// Save writes the model. It fails, apart from errors of out, only for a model with
// more than four million features or one whose numbers ran away while it learned.
func (m *Model) Save(out io.Writer) error {
	h := header{format, len(m.keys), m.scale, m.bias}
	if err := h.check(); err != nil {
		return fmt.Errorf("save a maximum-entropy model: %w; learn it from rarer features or at a lower rate", err)
	}
	head, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("encode the header of a maximum-entropy model: %w", err)
	}
	buf := bufio.NewWriter(out)
	_ = binary.Write(buf, binary.LittleEndian, uint32(len(head))) // a bufio.Writer keeps its error for Flush
	_, _ = buf.Write(head)
	before := uint32(0)
	for _, key := range m.keys {
		_, _ = buf.Write(binary.AppendUvarint(buf.AvailableBuffer(), uint64(key-before)))
		before = key
	}
	for _, w := range m.weights {
		_ = buf.WriteByte(byte(w))
	}
	for _, w := range m.weights {
		_ = buf.WriteByte(byte(uint16(w) >> 8))
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("write a maximum-entropy model: %w", err)
	}
	return nil
}

// Load reads what Save wrote and nothing behind it, so that several models can stand
// in one stream. It reads byte by byte: in should be an io.ByteReader too, such as a
// bufio.Reader. Where the stream has ended before the model begins, the error is
// io.EOF; any other says that the file is damaged or of another format. What Load
// allocates is bounded by a multiple of what it reads.
func Load(in io.Reader) (*Model, error) {
	r := streamOf(in)
	h, err := readHeader(r)
	if err != nil {
		return nil, unreadable("header", err)
	}
	m := &Model{scale: h.Scale, bias: h.Bias}
	if m.keys, err = readKeys(r, h.Features); err != nil {
		return nil, unreadable("features", whole(err))
	}
	if m.weights, err = readWeights(r, len(m.keys)); err != nil {
		return nil, unreadable("weights", whole(err))
	}
	m.prepare()
	return m, nil
}

func unreadable(part string, err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("read a maximum-entropy model: there is none: %w", err)
	}
	return fmt.Errorf("read the %s of a maximum-entropy model: the file is damaged or of another format and must be made anew: %w", part, err)
}

// whole turns the end of a stream, which is an error within a model, into one that
// cannot be taken for its proper end.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func readHeader(r io.Reader) (h header, err error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return h, err
	}
	n := binary.LittleEndian.Uint32(size[:])
	if n > maxHeader {
		return h, fmt.Errorf("the header claims %d bytes, more than %d", n, maxHeader)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, whole(err)
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
	case h.Features < 0 || h.Features > maxFeatures:
		return fmt.Errorf("there are %d features, between 0 and %d can be", h.Features, maxFeatures)
	case !(h.Scale >= 0) || h.Scale > math.MaxFloat32 || h.Scale == 0 && h.Features > 0:
		return fmt.Errorf("the step of weights is %g", h.Scale)
	case !(math.Abs(float64(h.Bias)) <= math.MaxFloat32):
		return fmt.Errorf("the bias is %g", h.Bias)
	}
	return nil
}

// readKeys reads n keys; the room grows with what is read, not with what is claimed.
func readKeys(r io.ByteReader, n int) (keys []uint32, err error) {
	before := uint64(0)
	for i := range n {
		d, err := binary.ReadUvarint(r)
		if err != nil {
			return nil, err
		}
		if before += d; before > math.MaxUint32 || d > math.MaxUint32 || i > 0 && d == 0 {
			return nil, errors.New("the keys are not in order")
		}
		keys = append(keys, uint32(before))
	}
	return keys, nil
}

// readWeights reads the weights of n keys, which have been read.
func readWeights(r io.Reader, n int) ([]int16, error) {
	halves := make([]byte, 2*n)
	if _, err := io.ReadFull(r, halves); err != nil {
		return nil, err
	}
	weights := make([]int16, n)
	for i := range weights {
		weights[i] = int16(uint16(halves[i]) | uint16(halves[n+i])<<8)
	}
	return weights, nil
}

// stream is what a model is read from.
type stream interface {
	io.Reader
	io.ByteReader
}

// streamOf gives in itself where it can give single bytes; else one that takes no
// byte from in before it is asked for.
func streamOf(in io.Reader) stream {
	if s, ok := in.(stream); ok {
		return s
	}
	return &unbuffered{Reader: in}
}

type unbuffered struct {
	io.Reader
	one [1]byte
}

func (u *unbuffered) ReadByte() (byte, error) {
	_, err := io.ReadFull(u.Reader, u.one[:])
	return u.one[0], err
}
