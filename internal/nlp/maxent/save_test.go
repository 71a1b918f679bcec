package maxent

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestSaveLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.Float32Range(1e-9, 1e9).Draw(t, "scale")
		bias := rapid.Float32().Draw(t, "bias")
		m := modelOf(drawWeights(t), scale, bias)
		var b bytes.Buffer
		if err := m.Save(&b); err != nil {
			t.Fatal(err)
		}
		loaded, err := Load(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		list := drawFeatures(t, m)
		if x, y := m.Score(list), loaded.Score(list); x != y || m.Features() != loaded.Features() {
			t.Fatalf("score %g of %d features became %g of %d", x, m.Features(), y, loaded.Features())
		}
		var again bytes.Buffer
		if err := loaded.Save(&again); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
			t.Fatalf("saved again, the file differs (error: %v)", err)
		}
	})
}

func TestSaveZeroModel(t *testing.T) {
	m, err := Load(bytes.NewReader(saved(t, &Model{})))
	if err != nil || m.Probability(features("word")) != 0.5 {
		t.Errorf("the zero model came back with the error %v", err)
	}
}

// Models stand one behind another, with other bytes behind the last, in streams of
// all sorts; one that has no single bytes to give is read no further either.
func TestLoadSeveral(t *testing.T) {
	one, two := Train(strikes(), settings()), Train(cases(), settings())
	file := slices.Concat(saved(t, one), saved(t, two), []byte("rest"))
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"bytes":        func(r io.Reader) io.Reader { return r },
		"buffered":     func(r io.Reader) io.Reader { return bufio.NewReaderSize(r, 16) },
		"unbuffered":   func(r io.Reader) io.Reader { return struct{ io.Reader }{r} },
		"byte by byte": iotest.OneByteReader,
		"with its end": iotest.DataErrReader,
	} {
		r := wrap(bytes.NewReader(file))
		for i, want := range []*Model{one, two} {
			got, err := Load(r)
			if err != nil {
				t.Fatalf("%s, model %d: %v", name, i, err)
			}
			if !bytes.Equal(saved(t, got), saved(t, want)) {
				t.Errorf("%s, model %d: it differs", name, i)
			}
		}
		if rest, err := io.ReadAll(r); string(rest) != "rest" || err != nil {
			t.Errorf("%s: %q is left, error %v", name, rest, err)
		}
		if _, err := Load(r); !errors.Is(err, io.EOF) {
			t.Errorf("%s: at the end the error is %v", name, err)
		}
	}
}

// Every cut is noticed, and none is taken for the proper end of a stream.
func TestLoadCut(t *testing.T) {
	file := saved(t, Train(strikes(), settings()))
	for cut := 1; cut < len(file); cut++ {
		_, err := Load(bytes.NewReader(file[:cut]))
		if !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || !strings.Contains(err.Error(), "damaged") {
			t.Fatalf("of %d bytes the first %d: %v", len(file), cut, err)
		}
	}
}

// fileOf is a file with this header and rest.
func fileOf(head, rest string) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(head))), head+rest...)
}

func TestLoadDamaged(t *testing.T) {
	head := func(features int, scale, bias string) string {
		return fmt.Sprintf(`{"Format":%q,"Features":%d,"Scale":%s,"Bias":%s}`, format, features, scale, bias)
	}
	for _, tc := range []struct {
		name string
		file []byte
		want string
	}{
		{"another file", []byte("%PDF-1.7 and so on"), "claims 1178882085 bytes"},
		{"no JSON", fileOf("Format", ""), "invalid character"},
		{"another format", fileOf(`{"Format":"telex-namer/1"}`, ""), `"telex-namer/1", not "telex-maxent/1"`},
		{"another version", fileOf(strings.Replace(head(0, "1", "0"), "/1", "/2", 1), ""), `"telex-maxent/2"`},
		{"fewer than none", fileOf(head(-1, "1", "0"), ""), "-1 features"},
		{"too many", fileOf(head(maxFeatures+1, "1", "0"), ""), "4194305 features"},
		{"claimed only", fileOf(head(maxFeatures, "1", "0"), "\x01\x01"), "unexpected EOF"},
		{"no step", fileOf(head(1, "0", "0"), "\x01\x01\x00"), "step of weights is 0"},
		{"negative step", fileOf(head(1, "-1", "0"), "\x01\x01\x00"), "step of weights is -1"},
		{"step beyond floats", fileOf(head(1, "1e39", "0"), "\x01\x01\x00"), "1e39"},
		{"bias beyond floats", fileOf(head(1, "1", "-1e39"), "\x01\x01\x00"), "1e39"},
		{"key twice", fileOf(head(2, "1", "0"), "\x01\x00\x01\x01\x00\x00"), "not in order"},
		{"key beyond 32 bits", fileOf(head(2, "1", "0"), "\xff\xff\xff\xff\x0f\x01\x01\x01\x00\x00"), "not in order"},
		{"key that wraps around", fileOf(head(2, "1", "0"), "\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01\x01\x00\x00"), "not in order"},
		{"key without an end", fileOf(head(1, "1", "0"), strings.Repeat("\xff", 20)), "overflow"},
	} {
		_, err := Load(bytes.NewReader(tc.file))
		if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "damaged or of another format") {
			t.Errorf("%s: the error is %v, without %q", tc.name, err, tc.want)
		}
	}
}

func TestLoadNoFile(t *testing.T) {
	broken := errors.New("the disk is gone")
	if _, err := Load(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestSaveErrors(t *testing.T) {
	if err := Train(strikes(), settings()).Save(full{}); !errors.Is(err, errFull) {
		t.Errorf("the error is %v", err)
	}
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, m := range []*Model{{scale: nan}, {scale: inf}, {bias: nan}, {bias: inf}, {bias: -inf}, {keys: make([]uint32, maxFeatures+1), scale: 1}} {
		var b bytes.Buffer
		if err := m.Save(&b); err == nil || b.Len() != 0 {
			t.Errorf("scale %g, bias %g, %d features: error %v, %d bytes", m.scale, m.bias, len(m.keys), err, b.Len())
		}
	}
}

// allocated is how many bytes do allocates.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func FuzzLoad(f *testing.F) {
	file := saved(f, Train(strikes(), settings()))
	f.Add(file)
	f.Add(append(file, file...))
	f.Add(fileOf(fmt.Sprintf(`{"Format":%q,"Features":%d,"Scale":1}`, format, maxFeatures), "\x01\x01\x01"))
	f.Add(fileOf("{}", ""))
	f.Add([]byte("\xff\xff\xff\xff"))
	list := features("de vakbond wil staken")
	f.Fuzz(func(t *testing.T, file []byte) {
		in := bytes.NewReader(file)
		var m *Model
		var err error
		// A key of one byte and its weight take 30 bytes or so while they are read;
		// others may allocate a little meanwhile.
		if n := allocated(func() { m, err = Load(in) }); n > 1<<18+64*uint64(len(file)) {
			t.Fatalf("a file of %d bytes made Load allocate %d", len(file), n)
		}
		if err != nil {
			return
		}
		if s := m.Score(list); math.IsNaN(s) || math.IsInf(s, 0) {
			t.Fatalf("the score is %g", s)
		}
		again := saved(t, m)
		read := file[:len(file)-in.Len()]
		loaded, err := Load(bytes.NewReader(again))
		if err != nil || loaded.Score(list) != m.Score(list) || len(again) > len(read)+maxHeader {
			t.Fatalf("saved again, the model differs (error: %v)", err)
		}
	})
}
