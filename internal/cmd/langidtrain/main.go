// Command langidtrain builds the tables by which internal/language knows
// languages. It is no part of the product: go generate runs it.
//
// Counts of letter sequences come from the n-gram models that the Go module
// lingua-go ships; what begins and ends a word is worked out from them. West
// Frisian, which they lack, is counted from a directory of plain texts and
// Fluent files. The same inputs give the same bytes.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"telex/internal/nlp/langid"
)

const (
	linguaModule = "github.com/pemistahl/lingua-go@v1.4.0"
	linguaSum    = "h1:ifYhthrlW7iO4icdubwlduYnmwU37V1sbNrwhKBR4rM="
)

// group is the languages of one script, in the order of the lanes.
type group struct {
	name    string
	codes   string
	main    string // those that must be told apart best; they weigh more
	entries int    // sequences to keep
}

func groups() []group {
	return []group{
		{"latin", "nl en de fr es it pt da sv nb nn af fy ca ro pl cs sk sl hr hu tr fi et lv lt id is sq eu cy ga vi tl sw so eo la ms az",
			"nl en de fr es it pt da sv nb af fy", 60000},
		{"cyrillic", "ru uk bg sr mk be kk mn", "", 8000},
		{"arabic", "ar fa ur", "", 3000},
		{"devanagari", "hi mr", "", 2000},
	}
}

func main() {
	out := flag.String("out", ".", "directory to write the tables to")
	frisian := flag.String("fy", "", "directory with West Frisian texts (.txt, .ftl, .html)")
	flag.Parse()
	if err := run(*out, *frisian); err != nil {
		fmt.Fprintln(os.Stderr, "langidtrain:", err)
		os.Exit(1)
	}
}

func run(out, frisian string) error {
	models, err := linguaModels()
	if err != nil {
		return err
	}
	for _, g := range groups() {
		table, err := build(g, models, frisian)
		if err != nil {
			return fmt.Errorf("build the %s table: %w", g.name, err)
		}
		var b bytes.Buffer
		if err := table.Pack(&b); err != nil {
			return err
		}
		if _, err := langid.Load(b.Bytes()); err != nil {
			return fmt.Errorf("read back the %s table: %w", g.name, err)
		}
		path := filepath.Join(out, g.name+".bin")
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write a table: %w", err)
		}
		fmt.Printf("%x  %s  %d bytes, %d sequences, %d languages\n", sha256.Sum256(b.Bytes()), filepath.Base(path), b.Len(), len(table.Rows), len(table.Codes))
	}
	return nil
}

// linguaModels finds the models in the module cache, fetching the module when
// it is not there, and holds them to the check sum they were chosen by.
func linguaModels() (string, error) {
	answer, err := exec.Command("go", "mod", "download", "-json", linguaModule).Output()
	if err != nil {
		return "", fmt.Errorf("fetch the Go module %s: %w", linguaModule, err)
	}
	var m struct{ Dir, Sum string }
	if err := json.Unmarshal(answer, &m); err != nil {
		return "", fmt.Errorf("read what go mod download says of %s: %w", linguaModule, err)
	}
	if m.Sum != linguaSum {
		return "", fmt.Errorf("module %s has the check sum %s, not %s", linguaModule, m.Sum, linguaSum)
	}
	return filepath.Join(m.Dir, "language-models"), nil
}

func build(g group, models, frisian string) (*langid.Table, error) {
	codes := strings.Fields(g.codes)
	raw := make([]grams, len(codes))
	for i, code := range codes {
		var err error
		if code == "fy" {
			raw[i], err = countTexts(frisian)
		} else {
			raw[i], err = readLingua(filepath.Join(models, code))
		}
		if err != nil {
			return nil, fmt.Errorf("language %s: %w", code, err)
		}
	}
	table := &langid.Table{Codes: codes, Letters: lettersOf(raw)}
	lanes := make([]*lane, len(codes))
	for i := range raw {
		lanes[i] = newLane(table, raw[i])
		raw[i] = nil // large, and done with
	}
	weights := make([]float64, len(codes))
	for i, code := range codes {
		weights[i] = 1
		if strings.Contains(" "+g.main+" ", " "+code+" ") {
			weights[i] = 4
		}
	}
	choose(table, lanes, weights, g.entries)
	return table, nil
}
