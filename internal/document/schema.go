package document

import _ "embed"

//go:embed schema.json
var schemas string

// Schemas gives the JSON Schema (draft 2020-12) of documents and articles, as
// $defs of one schema. A test holds it to the types of this package.
func Schemas() string { return schemas }
