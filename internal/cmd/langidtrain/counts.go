package main

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/nlp/langid"
)

// rare is the share of letters below which a sequence of three and more is left
// out while counts are read: memory, not accuracy, asks for it.
const rare = 4e-7

// grams gives sequences of one to five letters, lower case, each with its number
// as a share of the number of letters.
type grams map[string]float64

// readLingua reads the five models of a language. They give the probability of
// a sequence's last letter after the others, so shares are products of them.
func readLingua(dir string) (grams, error) {
	g := grams{}
	for n, name := range []string{"unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"} {
		err := readModel(filepath.Join(dir, name+".pb.bin.zip"), func(p float64, gram string) {
			if n > 0 {
				_, size := utf8.DecodeLastRuneInString(gram)
				p *= g[gram[:len(gram)-size]]
			}
			if p > 0 && (n < 2 || p >= rare) {
				g[gram] = p
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return g, nil
}

// readModel reads a zipped protocol buffer: field 4 of the message holds sets
// of sequences (field 2) that share a probability (field 1).
func readModel(path string, add func(float64, string)) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return fmt.Errorf("open a model: %w", err)
	}
	defer z.Close()
	if len(z.File) != 1 {
		return fmt.Errorf("model %s holds %d files, not one", path, len(z.File))
	}
	f, err := z.File[0].Open()
	if err != nil {
		return fmt.Errorf("open a model: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return fmt.Errorf("read model %s: %w", path, err)
	}
	return fields(data, func(field int, value []byte, _ uint64) error {
		if field != 4 {
			return nil
		}
		p := 0.0
		return fields(value, func(field int, value []byte, bits uint64) error {
			switch field {
			case 1:
				p = math.Float64frombits(bits)
			case 2:
				add(p, string(value))
			}
			return nil
		})
	})
}

// fields walks the fields of a protocol buffer message.
func fields(data []byte, visit func(field int, value []byte, bits uint64) error) error {
	broken := errors.New("a protocol buffer breaks off")
	for len(data) > 0 {
		tag, n := binary.Uvarint(data)
		if n <= 0 {
			return broken
		}
		data = data[n:]
		var value []byte
		var bits uint64
		switch tag & 7 {
		case 0:
			bits, n = binary.Uvarint(data)
		case 1:
			n = 8
			if len(data) >= n {
				bits = binary.LittleEndian.Uint64(data)
			}
		case 2:
			size, k := binary.Uvarint(data)
			n = k + int(size)
			if k > 0 && n <= len(data) {
				value = data[k:n]
			}
		default:
			return fmt.Errorf("wire type %d is not known", tag&7)
		}
		if n <= 0 || n > len(data) {
			return broken
		}
		data = data[n:]
		if err := visit(int(tag>>3), value, bits); err != nil {
			return err
		}
	}
	return nil
}

var (
	message  = regexp.MustCompile(`^\s*[-.\w\[\]*]*\s*=?\s*`) // the key of a line of Fluent
	variable = regexp.MustCompile(`\{[^}]*\}|<[^>]*>|&[a-z]+;|\S*[@/_.]\S+`)
)

// countTexts counts the sequences of all texts under dir, in the order of their
// names. A line that stands in several places counts once.
func countTexts(dir string) (grams, error) {
	counts, letters := grams{}, 0.0
	seen := map[string]bool{}
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || d.IsDir() || !slices.Contains([]string{".txt", ".ftl", ".html"}, ext) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for line := range strings.Lines(string(data)) {
			if ext == ".ftl" {
				line = message.ReplaceAllString(line, "")
			}
			if strings.HasPrefix(line, "#") || seen[line] || len(line) < 15 {
				continue
			}
			seen[line] = true
			letters += countLine(counts, variable.ReplaceAllString(line, " "))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the texts of %s: %w", dir, err)
	}
	if letters == 0 {
		return nil, fmt.Errorf("directory %q has no text in .txt, .ftl or .html files (%d read): give it with -fy", dir, files)
	}
	for g := range counts {
		counts[g] /= letters
	}
	return counts, nil
}

func countLine(counts grams, line string) (letters float64) {
	words := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		runes := []rune(w)
		letters += float64(len(runes))
		for i := range runes {
			for n := 1; n <= langid.MaxOrder && i+n <= len(runes); n++ {
				counts[string(runes[i:i+n])]++
			}
		}
	}
	return letters
}

// lettersOf lists the letters that matter to a language at least.
func lettersOf(languages []grams) []rune {
	script := scriptOf(languages)
	var out []rune
	for _, g := range languages {
		for s, p := range g {
			r, size := utf8.DecodeRuneInString(s)
			if size == len(s) && p > 2e-5 && r < 0x2000 && unicode.Is(script, r) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// scriptOf is the script of the most letters.
func scriptOf(languages []grams) *unicode.RangeTable {
	share := map[*unicode.RangeTable]float64{}
	scripts := []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Arabic, unicode.Devanagari}
	for _, g := range languages {
		for s, p := range g {
			r, size := utf8.DecodeRuneInString(s)
			for _, script := range scripts {
				if size == len(s) && unicode.Is(script, r) {
					share[script] += p
				}
			}
		}
	}
	return slices.MaxFunc(scripts, func(a, b *unicode.RangeTable) int {
		switch {
		case share[a] < share[b]:
			return -1
		case share[a] > share[b]:
			return 1
		}
		return 0
	})
}
