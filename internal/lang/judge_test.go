package lang

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"telex/internal/nlp/maxent"
)

// features are those of words.
func features(kind, words string) []uint64 {
	var f maxent.Features
	for w := range strings.FieldsSeq(words) {
		f.Add(kind, w)
	}
	return f.List
}

// smallJudge has three models of different features.
func smallJudge() *Judge {
	learn := func(kind string, more int) *maxent.Model {
		examples := []maxent.Example{
			{Features: features(kind, "staken bond loon"), Yes: true, Weight: 1},
			{Features: features(kind, "staken vuur straat"), Weight: 1},
		}
		for i := range more {
			examples = append(examples, maxent.Example{Features: features(kind, strconv.Itoa(i)), Yes: i%2 == 0, Weight: 1})
		}
		return maxent.Train(examples, maxent.Settings{Epochs: 10, Rate: 0.1, Fewest: 1, Seed: 1})
	}
	return &Judge{First: learn("first", 3), Second: learn("second", 5), Sides: learn("sides", 9)}
}

func savedJudge(tb testing.TB, j *Judge) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := j.Save(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestSaveAndLoadJudge(t *testing.T) {
	t.Parallel()
	j := smallJudge()
	file := savedJudge(t, j)
	for name, in := range map[string]io.Reader{
		"bytes": bytes.NewReader(file), "byte by byte": iotest.OneByteReader(bytes.NewReader(file)), "with its end": iotest.DataErrReader(bytes.NewReader(file)),
	} {
		got, err := LoadJudge(in)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(savedJudge(t, got), file) {
			t.Errorf("%s: saved again, the file differs", name)
		}
		for model, pair := range map[string][2]*maxent.Model{"first": {j.First, got.First}, "second": {j.Second, got.Second}, "sides": {j.Sides, got.Sides}} {
			x := features(model, "staken bond 1")
			if a, b := pair[0].Score(x), pair[1].Score(x); a != b || a == 0 || pair[0].Features() != pair[1].Features() {
				t.Errorf("%s, %s: score %g of %d features became %g of %d", name, model, a, pair[0].Features(), b, pair[1].Features())
			}
		}
	}
}

// A file that ends anywhere before its end is no judge.
func TestLoadCutJudge(t *testing.T) {
	t.Parallel()
	file := savedJudge(t, smallJudge())
	for cut := range file {
		j, err := LoadJudge(bytes.NewReader(file[:cut]))
		if j != nil || err == nil || !strings.HasPrefix(err.Error(), "read the judge of events: ") {
			t.Fatalf("of %d bytes the first %d: %v", len(file), cut, err)
		}
	}
}

func TestLoadDamagedJudge(t *testing.T) {
	t.Parallel()
	file := savedJudge(t, smallJudge())
	model := savedJudge(t, &Judge{First: smallJudge().First, Second: &maxent.Model{}, Sides: &maxent.Model{}})
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"another file":               {[]byte("%PDF-1.7 and so on"), "damaged or of another format"},
		"zeros":                      {make([]byte, 100), "damaged or of another format"},
		"another format":             {bytes.Replace(file, []byte("maxent"), []byte("namer!"), 1), "of another format"},
		"the second model is broken": {damageModel(file, 2), "of another format"},
		"the third model is broken":  {damageModel(file, 3), "of another format"},
		"a header too large":         {append([]byte{0xff, 0xff, 0xff, 0xff}, model...), "damaged or of another format"},
	} {
		j, err := LoadJudge(bytes.NewReader(c.file))
		if j != nil || err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "read the judge of events: ") {
			t.Errorf("%s: error %v, without %s", name, err, c.want)
		}
	}
}

// damageModel spoils the header of the n-th model, 1 for the first.
func damageModel(file []byte, n int) []byte {
	out := bytes.Clone(file)
	at := 0
	for range n {
		at += bytes.Index(out[at:], []byte("maxent")) + 1
	}
	out[at] ^= 0x20
	return out
}

type fullDisk struct{ room int }

var errFull = errors.New("the disk is full")

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// Save says where the file has no room, whichever model it is that has none.
func TestSaveJudgeErrors(t *testing.T) {
	t.Parallel()
	j := smallJudge()
	size := len(savedJudge(t, j))
	for room := 0; room < size; room += 7 {
		if err := j.Save(&fullDisk{room}); !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "write the judge of events: ") {
			t.Fatalf("with room for %d bytes the error is %v", room, err)
		}
	}
	broken := errors.New("the disk is gone")
	if _, err := LoadJudge(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

// Any bytes are a judge that can be saved and read again, or an error.
func FuzzLoadJudge(f *testing.F) {
	file := savedJudge(f, smallJudge())
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add(damageModel(file, 2))
	f.Add([]byte{})
	f.Add([]byte("\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		j, err := LoadJudge(bytes.NewReader(b))
		if err != nil {
			if j != nil {
				t.Error("a judge came with an error")
			}
			return
		}
		again, err := LoadJudge(bytes.NewReader(savedJudge(t, j)))
		if err != nil {
			t.Fatal(err)
		}
		x := features("first", "staken bond")
		if a, b := j.First.Score(x), again.First.Score(x); a != b {
			t.Errorf("score %g became %g", a, b)
		}
	})
}
