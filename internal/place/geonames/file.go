package geonames

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // the table
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

//go:generate go run telex/internal/cmd/placetable -places ../../../../shared/data/places -table places.bin.gz -pack ../../lang/nl/places

//go:embed places.bin.gz
var embedded []byte

// magic begins a table and names the form of what follows: three lists of codes,
// the number of places, the columns in the order of Table, little endian, and the
// names. The whole is gzipped, whose checksum guards it.
const magic = "telex places 1\n"

// Bounds of a table, so that a damaged one cannot ask for all memory.
const (
	maxPlaces = 2_000_000
	maxBytes  = 200 << 20
)

// usualBytes is a little more than the embedded table holds.
const usualBytes = 6 << 20

// Load reads the table that is part of the program.
func Load() (*Table, error) {
	t, err := Read(bytes.NewReader(embedded))
	if err != nil {
		return nil, fmt.Errorf("load the table of places: %w", err)
	}
	return t, nil
}

// Write writes the table in the form that Read reads. The same table gives the
// same bytes.
func (t *Table) Write(w io.Writer) error {
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(zip)
	if err := t.encode(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return zip.Close()
}

func (t *Table) encode(out io.Writer) error {
	if _, err := io.WriteString(out, magic); err != nil {
		return err
	}
	for _, list := range [][]string{t.countries, t.admin1s, t.features} {
		text := strings.Join(list, "\n")
		if err := binary.Write(out, binary.LittleEndian, uint32(len(text))); err != nil {
			return err
		}
		if _, err := io.WriteString(out, text); err != nil {
			return err
		}
	}
	columns := []any{
		uint32(len(t.ids)), differences(t.ids), t.population, t.lat, t.lon, t.country, t.admin1, t.feature,
		differences(t.nameEnd), t.byName, []byte(t.names),
	}
	for _, column := range columns {
		if err := binary.Write(out, binary.LittleEndian, column); err != nil {
			return err
		}
	}
	return nil
}

// differences gives what each number adds to the one before: small numbers, which
// pack well.
func differences(numbers []uint32) []uint32 {
	list := make([]uint32, len(numbers))
	before := uint32(0)
	for i, n := range numbers {
		list[i] = n - before
		before = n
	}
	return list
}

// sums undoes differences in place.
func sums(numbers []uint32) {
	sum := uint32(0)
	for i, n := range numbers {
		sum += n
		numbers[i] = sum
	}
}

// Read reads a table. It accepts only what New could have made, so that no
// look-up can go wrong later.
func Read(r io.Reader) (*Table, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	data.Grow(usualBytes)
	n, err := data.ReadFrom(io.LimitReader(zip, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if n > maxBytes {
		return nil, fmt.Errorf("more than %d bytes", maxBytes)
	}
	t := &Table{}
	if err := t.decode(data.Bytes()); err != nil {
		return nil, err
	}
	return t, t.check()
}

func (t *Table) decode(data []byte) error {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return errors.New("this is no table of places, or of another version")
	}
	in := reader{rest: rest}
	for _, list := range []*[]string{&t.countries, &t.admin1s, &t.features} {
		*list = strings.Split(string(in.take(int(in.number()))), "\n")
	}
	n := int(in.number())
	if n > maxPlaces {
		return fmt.Errorf("%d places, more than %d", n, maxPlaces)
	}
	t.ids, t.population = in.unsigned(n), in.unsigned(n)
	t.lat, t.lon = in.signed(n), in.signed(n)
	t.country = in.take(n)
	t.admin1 = in.short(n)
	t.feature = in.take(n)
	t.nameEnd, t.byName = in.unsigned(n), in.unsigned(n)
	if in.failed {
		return errors.New("the table ends early")
	}
	t.names = string(in.rest)
	sums(t.ids)
	sums(t.nameEnd)
	return nil
}

// check finds what would break a look-up.
func (t *Table) check() error {
	if len(t.ids) == 0 {
		return errors.New("the table holds no place")
	}
	if t.nameEnd[len(t.nameEnd)-1] != uint32(len(t.names)) || !utf8.ValidString(t.names) {
		return errors.New("the names do not fit the places")
	}
	nameBefore := uint32(0)
	for i := range t.ids {
		switch {
		case i > 0 && t.ids[i] <= t.ids[i-1]:
			return fmt.Errorf("place %d: the ids do not rise", i)
		case t.nameEnd[i] < nameBefore || t.nameEnd[i] > uint32(len(t.names)):
			return fmt.Errorf("place %d: its name ends before it begins", i)
		case int(t.country[i]) >= len(t.countries) || int(t.admin1[i]) >= len(t.admin1s) || int(t.feature[i]) >= len(t.features):
			return fmt.Errorf("place %d: a code is not in its list", i)
		case t.lat[i] < -90*degree || t.lat[i] > 90*degree || t.lon[i] < -180*degree || t.lon[i] > 180*degree:
			return fmt.Errorf("place %d: not on earth", i)
		case int(t.byName[i]) >= len(t.ids):
			return fmt.Errorf("the index of names leads to no place")
		}
		nameBefore = t.nameEnd[i]
	}
	return nil
}

// reader takes columns from the front of data and remembers when it ran out.
type reader struct {
	rest   []byte
	failed bool
}

// take gives the next n bytes, or none when there are fewer.
func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.failed, r.rest = true, nil
		return nil
	}
	data := r.rest[:n:n]
	r.rest = r.rest[n:]
	return data
}

func (r *reader) number() uint32 {
	if data := r.take(4); data != nil {
		return binary.LittleEndian.Uint32(data)
	}
	return 0
}

func (r *reader) unsigned(n int) []uint32 {
	data := r.take(4 * n)
	column := make([]uint32, len(data)/4)
	for i := range column {
		column[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return column
}

func (r *reader) signed(n int) []int32 {
	data := r.take(4 * n)
	column := make([]int32, len(data)/4)
	for i := range column {
		column[i] = int32(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return column
}

func (r *reader) short(n int) []uint16 {
	data := r.take(2 * n)
	column := make([]uint16, len(data)/2)
	for i := range column {
		column[i] = binary.LittleEndian.Uint16(data[2*i:])
	}
	return column
}
