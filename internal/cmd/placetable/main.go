// Command placetable builds the table of places and the Dutch names for it from
// extracts of GeoNames:
//
//	go generate ./internal/place/geonames
//
// It reads cities.tsv.gz and geonames_id_nl.tsv in the folder that -places names,
// and writes the table that package geonames embeds, and exonyms.txt and
// provinces.txt in the folder of the pack. The same input gives the same bytes.
package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"telex/internal/nlp/namekey"
	"telex/internal/place/geonames"
)

func main() {
	folder := flag.String("places", "", "folder with cities.tsv.gz and geonames_id_nl.tsv")
	table := flag.String("table", "", "file to write the table to")
	pack := flag.String("pack", "", "folder to write exonyms.txt and provinces.txt to")
	flag.Parse()
	if *folder == "" || *table == "" || *pack == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := build(*folder, *table, *pack); err != nil {
		fmt.Fprintln(os.Stderr, "placetable:", err)
		os.Exit(1)
	}
}

// build makes all files.
func build(folder, table, pack string) error {
	file, err := os.Open(filepath.Join(folder, "cities.tsv.gz"))
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	zip, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name(), err)
	}
	places, err := readPlaces(zip)
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name(), err)
	}
	t := geonames.New(places)
	if err := write(table, t.Write); err != nil {
		return err
	}
	names, err := os.Open(filepath.Join(folder, "geonames_id_nl.tsv"))
	if err != nil {
		return err
	}
	defer func() { _ = names.Close() }()
	exonyms, provinces, err := readNames(names, t)
	if err != nil {
		return fmt.Errorf("%s: %w", names.Name(), err)
	}
	if err := write(filepath.Join(pack, "exonyms.txt"), lines(exonymsHead, exonyms)); err != nil {
		return err
	}
	return write(filepath.Join(pack, "provinces.txt"), lines(provincesHead, provinces))
}

const (
	exonymsHead = `# Dutch names of places whose main name in GeoNames is another: GeoNames id | Dutch name.
# Made by internal/cmd/placetable; do not edit. Further names stand in names.txt.
`
	provincesHead = `# Dutch names of first-level divisions: country and GeoNames code of the division | Dutch name.
# Made by internal/cmd/placetable; do not edit. Further names stand in regions.txt.
`
)

// write fills a file; what goes wrong at its end is an error too.
func write(path string, fill func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
	}
	return file.Close()
}

// lines gives what writes a table of text.
func lines(head string, list []string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, head+strings.Join(list, "\n")+"\n")
		return err
	}
}

// readPlaces reads the lines of cities.tsv: geonameid, name, country, feature,
// admin1, population, lat, lon, after a head.
func readPlaces(r io.Reader) ([]geonames.Place, error) {
	var places []geonames.Place
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		if n == 1 {
			continue
		}
		p, err := parsePlace(in.Text())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		places = append(places, p)
	}
	if len(places) == 0 {
		return nil, errors.New("no place")
	}
	return places, in.Err()
}

// parsePlace reads one line.
func parsePlace(line string) (geonames.Place, error) {
	c := strings.Split(line, "\t")
	if len(c) != 8 {
		return geonames.Place{}, fmt.Errorf("%d columns, not 8", len(c))
	}
	id, err := strconv.ParseUint(c[0], 10, 32)
	if err != nil {
		return geonames.Place{}, err
	}
	population, err := strconv.Atoi(c[5])
	if err != nil {
		return geonames.Place{}, err
	}
	lat, err := strconv.ParseFloat(c[6], 64)
	if err != nil {
		return geonames.Place{}, err
	}
	lon, err := strconv.ParseFloat(c[7], 64)
	if err != nil {
		return geonames.Place{}, err
	}
	if c[1] == "" || len(c[2]) != 2 || c[3] == "" {
		return geonames.Place{}, errors.New("no name, country or feature")
	}
	return geonames.Place{
		ID: uint32(id), Name: c[1], Country: c[2], Feature: c[3], Admin1: c[4], Population: population, Lat: lat, Lon: lon,
	}, nil
}

// readNames reads the lines of geonames_id_nl.tsv: a GeoNames id or the code of a
// division or country, and the Dutch name. It gives the lines of both tables.
// Names that differ from the main name only in accents or hyphens are left out,
// for the table finds those by itself, and so are countries, which the pack knows.
func readNames(r io.Reader, t *geonames.Table) (exonyms, provinces []string, err error) {
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		key, name, ok := strings.Cut(in.Text(), "\t")
		if !ok || name == "" || strings.ContainsAny(name, "|#") {
			return nil, nil, fmt.Errorf("line %d: no key and name", n)
		}
		if country, code, ok := strings.Cut(key, "."); ok {
			provinces = append(provinces, country+" "+code+" | "+name)
			continue
		}
		id, err := strconv.ParseUint(key, 10, 32)
		if err != nil {
			continue
		}
		i, ok := t.ByID(uint32(id))
		if ok && namekey.Of(t.At(i).Name) != namekey.Of(name) {
			exonyms = append(exonyms, key+" | "+name)
		}
	}
	slices.Sort(provinces)
	return exonyms, provinces, in.Err()
}
