package models

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestGrammar(t *testing.T) {
	t.Parallel()
	m, err := Grammar()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.UPOS) < 15 || len(m.Words) < 10_000 {
		t.Errorf("the model has %d parts of speech and %d words", len(m.UPOS), len(m.Words))
	}
}

// readFour is the reader of a model of four bytes.
func readFour(r io.Reader) (string, error) {
	b := make([]byte, 4)
	_, err := io.ReadFull(r, b)
	return string(b), err
}

func TestLoad(t *testing.T) {
	t.Parallel()
	pack := func(text string) []byte {
		var buf bytes.Buffer
		z := gzip.NewWriter(&buf)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	whole := pack("abcd")
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-8] ^= 1 // of the checksum
	for name, c := range map[string]struct {
		file []byte
		want string // part of the error
	}{
		"whole":       {whole, ""},
		"empty":       {nil, "decompress the model m.gz"},
		"not gzip":    {[]byte("abcdefghijklmnop"), "decompress the model m.gz"},
		"too short":   {pack("abc"), "read the model m.gz: unexpected EOF"},
		"too long":    {pack("abcde"), "more follows where it should end"},
		"cut off":     {whole[:len(whole)-4], "decompress the model m.gz"},
		"a wrong bit": {flipped, "checksum"},
	} {
		got, err := load(fstest.MapFS{"m.gz": {Data: c.file}}, "m.gz", readFour)
		switch {
		case c.want == "" && (err != nil || got != "abcd"):
			t.Errorf("%s: %q, %v", name, got, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
	if _, err := load(fstest.MapFS{}, "m.gz", readFour); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func BenchmarkGrammar(b *testing.B) {
	for b.Loop() {
		if _, err := Grammar(); err != nil {
			b.Fatal(err)
		}
	}
}
