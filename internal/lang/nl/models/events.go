package models

import "telex/internal/lang"

//go:generate go run ../../../cmd/eventtrain -news ../../../../../shared/data/news/dpg-2019.jsonl.gz -out events.bin ../../../event/testdata/learn.jsonl ../../../event/testdata/build ../../../event/testdata/sentences/build.jsonl ../../../event/testdata/sentences/build2.jsonl ../../../event/testdata/sentences/build3.jsonl ../../../event/testdata/sentences/learn.jsonl
//go:generate gzip -9 -n -f events.bin

// Events loads the judge of events. An error says that its file is missing, damaged or
// of another format.
func Events() (*lang.Judge, error) {
	return load(files, "events.bin.gz", lang.LoadJudge)
}
