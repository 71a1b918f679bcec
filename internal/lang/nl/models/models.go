// Package models holds the trained models of the Dutch pack; NOTICE says where
// they come from.
package models

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"io/fs"

	"telex/internal/nlp/parser"
)

// files holds each model as its package saves it, compressed.
//
//go:embed *.bin.gz
var files embed.FS

//go:generate go run ../../../cmd/parsertrain -data ../../../../../shared/data -out grammar.bin
//go:generate gzip -9 -n -f grammar.bin

// Grammar loads the tagger and parser. An error says that its file is missing,
// damaged or of another format.
func Grammar() (*parser.Model, error) {
	weights, err := load(files, "grammar.bin.gz", parser.Load)
	if err != nil {
		return nil, err
	}
	return parser.NewModel(weights), nil
}

// load reads a compressed file to its end, where its checksum stands.
func load[T any](from fs.FS, name string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := from.Open(name)
	if err != nil {
		return none, fmt.Errorf("open the model: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return none, fmt.Errorf("decompress the model %s: %w", name, err)
	}
	model, err := read(z)
	if err != nil {
		return none, fmt.Errorf("read the model %s: %w", name, err)
	}
	switch n, err := io.Copy(io.Discard, z); {
	case err != nil:
		return none, fmt.Errorf("decompress the model %s: %w", name, err)
	case n > 0:
		return none, fmt.Errorf("read the model %s: more follows where it should end", name)
	}
	return model, nil
}
