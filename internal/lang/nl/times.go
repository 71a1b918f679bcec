package nl

import (
	"embed"
	"fmt"
	"io/fs"

	"telex/internal/nlp/temporal"
)

// Words and rules of time, of our own making. Files named in timeRules hold
// rules, each other file the words of one class.
//
//go:embed timex/*.txt
var timeTables embed.FS

// timeRules are the files that hold rules, in the order in which they are read.
var timeRules = [...]string{"rules.txt", "notimes.txt"}

// times gives the rules by which Dutch time expressions are read. An error names
// file, line and reason.
func times() (*temporal.Rules, error) {
	files, err := fs.ReadDir(timeTables, "timex")
	if err != nil {
		return nil, fmt.Errorf("list the tables of time: %w", err)
	}
	var t temporal.Tables
	for _, f := range files {
		text, err := fs.ReadFile(timeTables, "timex/"+f.Name())
		if err != nil {
			return nil, fmt.Errorf("read a table of time: %w", err)
		}
		table := temporal.Table{Name: "timex/" + f.Name(), Text: string(text)}
		if isTimeRules(f.Name()) {
			t.Rules = append(t.Rules, table)
		} else {
			t.Words = append(t.Words, table)
		}
	}
	return temporal.New(t)
}

func isTimeRules(name string) bool {
	for _, r := range timeRules {
		if r == name {
			return true
		}
	}
	return false
}
