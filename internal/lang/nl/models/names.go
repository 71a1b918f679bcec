package models

import (
	"io"

	"telex/internal/nlp/namer"
)

//go:generate go run ../../../cmd/namertrain -data ../../../../../shared/data -out names.bin
//go:generate gzip -9 -n -f names.bin

// Names loads the labeller of names, which asks lists. An error says that its
// file is missing, damaged or of another format.
func Names(lists namer.Lists) (*namer.Model, error) {
	return load(files, "names.bin.gz", func(r io.Reader) (*namer.Model, error) { return namer.Load(r, lists) })
}
