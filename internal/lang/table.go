package lang

// Table is a text table of a language pack; File names it in errors.
type Table struct{ File, Text string }
