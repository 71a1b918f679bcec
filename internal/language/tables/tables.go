// Package tables holds the language tables; NOTICE says where they come from.
package tables

import "embed"

// Files holds one packed table for each script that several languages share.
//
//go:embed *.bin
var Files embed.FS

//go:generate go run ../../cmd/langidtrain -fy ../../../../langid-fy -out .
