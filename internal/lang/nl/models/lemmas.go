package models

import "telex/internal/nlp/lemma"

//go:generate go run ../../../cmd/lemmatrain -data ../../../../../shared/data -out lemmas.bin.gz

// Lemmas loads the lemmatiser. An error says that its file is missing, damaged or
// of another format.
func Lemmas() (*lemma.Model, error) { return load(files, "lemmas.bin.gz", lemma.Load) }
