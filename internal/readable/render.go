package readable

import (
	"strings"

	"golang.org/x/net/html"
)

// gap is what stands between one piece of text and the next.
type gap int

const (
	none gap = iota
	space
	tab       // between the cells of a row
	line      // between list items and rows, and at a break
	paragraph // between blocks
)

var gaps = [...]string{none: "", space: " ", tab: "\t", line: "\n", paragraph: "\n\n"}

// writer writes text as it would be seen: gaps are widened until text comes, so
// that none stands at either end, and none twice.
type writer struct {
	out  strings.Builder
	wait gap
	pre  int // depth of elements whose white space counts
}

// render gives the text below n, without the elements that leave tells.
func render(n *html.Node, leave func(name string) bool) string {
	var w writer
	w.node(n, leave)
	return w.out.String()
}

func (w *writer) gap(g gap) { w.wait = max(w.wait, g) }

// node writes n and all below it. The tree is at most maxDepth deep, or a few
// levels more where readability put wrappers in.
func (w *writer) node(n *html.Node, leave func(string) bool) {
	if n.Type == html.TextNode {
		w.text(n.Data)
		return
	}
	if n.Type == html.ElementNode && leave != nil && leave(n.Data) {
		return
	}
	around := none
	if n.Type == html.ElementNode {
		around = gapAround(n.Data)
	}
	w.gap(around)
	if n.Data == "pre" {
		w.pre++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, leave)
	}
	if n.Data == "pre" {
		w.pre--
	}
	w.gap(around)
}

func gapAround(name string) gap {
	switch {
	case name == "br", name == "li", name == "tr", name == "dt", name == "dd", name == "option":
		return line
	case name == "td", name == "th":
		return tab
	case name == "hr", !inline(name) && !formatting(name):
		return paragraph
	}
	return none
}

// text writes s with runs of white space as one space.
func (w *writer) text(s string) {
	if w.pre > 0 {
		w.verbatim(s)
		return
	}
	for s != "" {
		n := strings.IndexFunc(s, collapsed)
		if n < 0 {
			n = len(s)
		}
		if n > 0 {
			w.put(s[:n])
		}
		if s = s[n:]; s != "" {
			w.gap(space)
			s = strings.TrimLeftFunc(s, collapsed)
		}
	}
}

// verbatim keeps lines and the spaces in them.
func (w *writer) verbatim(s string) {
	for i, ln := range strings.Split(s, "\n") {
		if i > 0 {
			w.gap(line)
		}
		if ln = strings.TrimRight(ln, "\r"); strings.TrimFunc(ln, collapsed) != "" {
			w.put(ln)
		}
	}
}

func (w *writer) put(s string) {
	if w.out.Len() > 0 {
		w.out.WriteString(gaps[w.wait])
	}
	w.wait = none
	w.out.WriteString(s)
}

// collapsed tells the white space that CSS collapses (CSS Text 3, 4.1.1); a
// no-break space is not among it.
func collapsed(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }
