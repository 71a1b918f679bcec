package parser

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"telex/internal/nlp/lexicon"
)

// Weights are the learned numbers of a model. Matrices are row by row, inputs
// down and outputs across, as in x·W.
type Weights struct {
	Dim, Hidden, ArcDim, RelDim int
	Words                       []string // known words, by Normal
	UPOS, XPOS, Feats, Deprel   []string // what can be said of a word
	Names                       []string // "O" and kinds of name with "B-" or "I-" before them
	Lexicon                     *lexicon.Table
	Embed                       []float32 // rows of Dim: see TableRows
	Layers                      [][2]LSTM // forward and backward
	Tags, TagBias               []float32 // 2·Hidden to UPOS, XPOS, Feats, Names side by side
	MLP, MLPBias                []float32 // 2·Hidden to ArcDim, ArcDim, RelDim, RelDim
	Arc                         []float32 // (ArcDim+1)·ArcDim: dependent, with a 1 added, by head
	Rel                         []float32 // (RelDim+1)·Deprel·(RelDim+1)
}

// LSTM is one direction of a layer; the four gates stand side by side: input,
// forget, candidate, output.
type LSTM struct {
	Input, Hidden []float32 // inputs by 4·Hidden, Hidden by 4·Hidden
	Bias          []float32
}

// header opens a model file; the tensors follow.
type header struct {
	Format                                    string
	Dim, Hidden, ArcDim, RelDim, Layers, Rows int
	Words, UPOS, XPOS, Feats, Names, Deprel   []string
}

const (
	format = "telex-parser/3"
	// maxHeader bounds what a damaged file can make Load ask for.
	maxHeader = 16 << 20
	maxSize   = 4096
	maxRows   = 1 << 20
	maxValues = 1 << 25 // of one matrix
)

// tensor is one matrix of the file. Each of its rows is stored as a float32 scale
// and a whole number of -127 to 127 for each value (byte) or -32767 to 32767.
type tensor struct {
	values *[]float32
	rows   int
	cols   int
	short  bool
}

// labels is the number of columns of Tags.
func (w *Weights) labels() int { return len(w.UPOS) + len(w.XPOS) + len(w.Feats) + len(w.Names) }

func (w *Weights) tensors(rows int) []tensor {
	labels := w.labels()
	list := []tensor{{&w.Embed, rows, w.Dim, false}}
	in := w.Dim
	for i := range w.Layers {
		for d := range w.Layers[i] {
			l := &w.Layers[i][d]
			list = append(list, tensor{&l.Input, in, 4 * w.Hidden, true}, tensor{&l.Hidden, w.Hidden, 4 * w.Hidden, true}, tensor{&l.Bias, 1, 4 * w.Hidden, true})
		}
		in = 2 * w.Hidden
	}
	mlp := 2*w.ArcDim + 2*w.RelDim
	return append(list,
		tensor{&w.Tags, in, labels, true}, tensor{&w.TagBias, 1, labels, true},
		tensor{&w.MLP, in, mlp, true}, tensor{&w.MLPBias, 1, mlp, true},
		tensor{&w.Arc, w.ArcDim + 1, w.ArcDim, true},
		tensor{&w.Rel, w.RelDim + 1, len(w.Deprel) * (w.RelDim + 1), true})
}

// Save writes w; values are rounded to 8 bits in the table of vectors, to 16
// bits elsewhere, by row.
func (w *Weights) Save(out io.Writer) error {
	rows := len(w.Embed) / w.Dim
	head, err := json.Marshal(header{format, w.Dim, w.Hidden, w.ArcDim, w.RelDim, len(w.Layers), rows, w.Words, w.UPOS, w.XPOS, w.Feats, w.Names, w.Deprel})
	if err != nil {
		return fmt.Errorf("encode the header of the parser model: %w", err)
	}
	buf := bufio.NewWriter(out)
	_ = binary.Write(buf, binary.LittleEndian, uint32(len(head))) // a bufio.Writer keeps its error for Flush
	_, _ = buf.Write(head)
	for _, t := range w.tensors(rows) {
		for r := range t.rows {
			t.writeRow(buf, (*t.values)[r*t.cols:(r+1)*t.cols])
		}
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("write the parser model: %w", err)
	}
	return w.Lexicon.Save(out)
}

func (t tensor) top() float32 {
	if t.short {
		return math.MaxInt16
	}
	return math.MaxInt8
}

func (t tensor) writeRow(buf *bufio.Writer, row []float32) {
	var top float32
	for _, v := range row {
		top = max(top, v, -v)
	}
	scale := top / t.top()
	_ = binary.Write(buf, binary.LittleEndian, scale)
	for _, v := range row {
		q := 0
		if scale > 0 {
			q = int(math.RoundToEven(float64(v / scale)))
		}
		_ = buf.WriteByte(byte(q))
		if t.short {
			_ = buf.WriteByte(byte(q >> 8))
		}
	}
}

// Load reads what Save wrote. An error says that the file is damaged or of
// another format.
func Load(in io.Reader) (*Weights, error) {
	r := bufio.NewReaderSize(in, 1<<16)
	var size uint32
	if err := binary.Read(r, binary.LittleEndian, &size); err != nil {
		return nil, fmt.Errorf("read the size of the parser model's header: %w", err)
	}
	if size > maxHeader {
		return nil, fmt.Errorf("the parser model's header claims %d bytes, more than %d: it is no parser model", size, maxHeader)
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, fmt.Errorf("read the parser model's header: %w", err)
	}
	var h header
	if err := json.Unmarshal(text, &h); err != nil {
		return nil, fmt.Errorf("decode the parser model's header: %w", err)
	}
	if err := h.check(); err != nil {
		return nil, fmt.Errorf("check the parser model's header: %w", err)
	}
	w := &Weights{Dim: h.Dim, Hidden: h.Hidden, ArcDim: h.ArcDim, RelDim: h.RelDim, Words: h.Words,
		UPOS: h.UPOS, XPOS: h.XPOS, Feats: h.Feats, Names: h.Names, Deprel: h.Deprel, Layers: make([][2]LSTM, h.Layers)}
	for _, t := range w.tensors(h.Rows) {
		if err := t.read(r); err != nil {
			return nil, fmt.Errorf("read the parser model's weights: %w", err)
		}
	}
	var err error
	w.Lexicon, err = lexicon.Load(r)
	return w, err
}

func (h *header) check() error {
	if h.Format != format {
		return fmt.Errorf("format %q, want %q: rebuild the model", h.Format, format)
	}
	for _, v := range []int{h.Dim, h.Hidden, h.ArcDim, h.RelDim, h.Layers, len(h.UPOS), len(h.XPOS), len(h.Feats), len(h.Names), len(h.Deprel)} {
		if v < 1 || v > maxSize {
			return fmt.Errorf("a size of %d is not within 1 to %d", v, maxSize)
		}
	}
	if h.Hidden%8 != 0 || h.Rows <= TableRows(len(h.Words), 0) || h.Rows > maxRows || h.Layers > 8 || h.RelDim > 255 {
		return errors.New("the sizes do not fit each other")
	}
	if !slices.Contains(h.Names, "O") {
		return errors.New("the labels of names lack O")
	}
	for _, name := range h.Names {
		if kind, within := strings.CutPrefix(name, "I-"); within && !slices.Contains(h.Names, "B-"+kind) {
			return fmt.Errorf("the label %s of names has no B-%s beside it", name, kind)
		}
	}
	return nil
}

func (t tensor) read(r io.Reader) error {
	width := 1
	if t.short {
		width = 2
	}
	if t.rows*t.cols > maxValues {
		return fmt.Errorf("a matrix of %d times %d is larger than %d", t.rows, t.cols, maxValues)
	}
	*t.values = make([]float32, 0, t.rows*t.cols)
	buf := make([]byte, 4+t.cols*width)
	for i := range t.rows {
		if _, err := io.ReadFull(r, buf); err != nil {
			return err
		}
		scale := math.Float32frombits(binary.LittleEndian.Uint32(buf))
		if !(scale >= 0 && scale < 1e6) {
			return fmt.Errorf("row %d has the scale %g", i, scale)
		}
		for j := range t.cols {
			q := float32(int8(buf[4+j*width]))
			if t.short {
				q = float32(int16(binary.LittleEndian.Uint16(buf[4+2*j:])))
			}
			*t.values = append(*t.values, q*scale)
		}
	}
	return nil
}
