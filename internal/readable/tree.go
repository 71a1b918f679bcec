package readable

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"telex/internal/document"
)

// tree is a page as far as its text goes.
//
// It is not built by html.Parse: that follows browsers in all, and so copies
// every open formatting element into every paragraph, and joins each piece of
// text to all before it. A small page made for it costs gigabytes. Here
// formatting is left out, the end tags that HTML lets authors omit (HTML
// Standard, 13.1.2.4) are supplied, and each token costs at most maxDepth.
type tree struct {
	root, head, body *html.Node
	open             []*html.Node   // from the body down
	opened           map[string]int // how many of each name are open
	elements         int
	weight           int // bytes of text times their depth
	title            string
	openGraph        string // meta property=og:title
}

const (
	maxTitle     = 1 << 10 // bytes of a title; the rest is cut
	maxAttribute = 1 << 10 // bytes of an attribute's value; longer ones are left out
)

func newTree() *tree {
	t := &tree{root: &html.Node{Type: html.DocumentNode}, head: element("head"), body: element("body"), opened: map[string]int{}}
	top := element("html")
	t.root.AppendChild(top)
	top.AppendChild(t.head)
	top.AppendChild(t.body)
	t.open = []*html.Node{t.body}
	return t
}

func element(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
}

// parse reads a page of HTML into a tree.
func parse(ctx context.Context, page string) (*tree, error) {
	t := newTree()
	z := html.NewTokenizer(strings.NewReader(page))
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			t.finish()
			return t, nil
		case html.TextToken:
			t.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if kind == html.SelfClosingTagToken && foreign(string(name)) {
				continue
			}
			if err := t.start(z, string(name), more); err != nil {
				return nil, err
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(string(name))
		}
	}
}

func (t *tree) top() *html.Node { return t.open[len(t.open)-1] }

func (t *tree) text(s string) {
	if s == "" {
		return
	}
	t.top().AppendChild(&html.Node{Type: html.TextNode, Data: s})
	t.weight += len(s) * (len(t.open) + 1)
}

// start takes a start tag: leaves it out, or opens its element.
func (t *tree) start(z *html.Tokenizer, name string, more bool) error {
	switch {
	case silent(name):
		skip(z, name)
		return nil
	case name == "title" && t.title == "":
		t.title = tidy(skip(z, name))
		return nil
	case formatting(name) || name == "html" || name == "head" || name == "body" || name == "title":
		return nil
	}
	attr := attributes(z, more)
	if name == "meta" {
		t.meta(attr)
		return nil
	}
	if t.elements++; t.elements > maxElements {
		return refuse(document.TooLarge, "the page has more than %d elements", maxElements)
	}
	t.imply(name)
	n := element(name)
	n.Attr = attr
	t.top().AppendChild(n)
	t.weight += len(t.open)
	if void(name) {
		return nil
	}
	if len(t.open) == maxDepth {
		return refuse(document.BadField, "the page nests elements deeper than %d", maxDepth)
	}
	t.open = append(t.open, n)
	t.opened[name]++
	return nil
}

// end closes the nearest open element of the name. A tag cannot reach out of
// the table cell that it stands in.
func (t *tree) end(name string) {
	if name == "br" { // </br> is a break, as in browsers
		t.top().AppendChild(element(name))
		return
	}
	if t.opened[name] == 0 {
		return
	}
	table := tablePart(name)
	for i := len(t.open) - 1; i > 0; i-- {
		switch at := t.open[i].Data; {
		case at == name:
			t.pop(i)
			return
		case at == "table", !table && tablePart(at):
			return
		}
	}
}

// pop closes the elements from number i on.
func (t *tree) pop(i int) {
	for _, n := range t.open[i:] {
		t.opened[n.Data]--
	}
	t.open = t.open[:i]
}

// imply closes what the start of an element closes without an end tag.
func (t *tree) imply(name string) {
	if !inline(name) {
		t.close(func(at string) bool { return at == "p" }, func(at string) bool { return !inline(at) })
	}
	switch name {
	case "li":
		t.close(func(at string) bool { return at == "li" }, func(at string) bool { return at == "ul" || at == "ol" || at == "menu" || tablePart(at) })
	case "dt", "dd":
		t.close(func(at string) bool { return at == "dt" || at == "dd" }, func(at string) bool { return at == "dl" || tablePart(at) })
	case "td", "th":
		t.close(func(at string) bool { return at == "td" || at == "th" }, func(at string) bool { return at == "table" || at == "tr" })
	case "tr":
		t.close(func(at string) bool { return at == "tr" }, func(at string) bool { return at == "table" })
	case "tbody", "thead", "tfoot":
		t.close(func(at string) bool { return at == "tbody" || at == "thead" || at == "tfoot" || at == "caption" }, func(at string) bool { return at == "table" })
	}
}

// close closes the nearest open element that is wanted, unless one that bars the
// way stands nearer.
func (t *tree) close(wanted, bars func(string) bool) {
	for i := len(t.open) - 1; i > 0; i-- {
		switch at := t.open[i].Data; {
		case wanted(at):
			t.pop(i)
			return
		case bars(at):
			return
		}
	}
}

func (t *tree) meta(attr []html.Attribute) {
	var property, content string
	for _, a := range attr {
		switch a.Key {
		case "property":
			property = a.Val
		case "content":
			content = a.Val
		}
	}
	if property == "og:title" && t.openGraph == "" {
		t.openGraph = tidy(content)
	}
}

// finish puts the title where readability looks for it.
func (t *tree) finish() {
	if title := t.headline(); title != "" {
		n := element("title")
		n.AppendChild(&html.Node{Type: html.TextNode, Data: title})
		t.head.AppendChild(n)
	}
}

// headline is the title of the article. Open Graph comes first: the title of the
// page often carries the name of the site as well.
func (t *tree) headline() string {
	if t.openGraph != "" {
		return t.openGraph
	}
	return t.title
}

// tidy gives a title on one line, cut at maxTitle bytes.
func tidy(s string) string {
	if len(s) > maxTitle {
		s = s[:maxTitle]
		for s != "" && !utf8.ValidString(s[len(s)-min(len(s), utf8.UTFMax):]) && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
}

// attributes gives those that say something about an element, the first of each
// name. Readability asks for each of them often, and copies them.
func attributes(z *html.Tokenizer, more bool) []html.Attribute {
	var out []html.Attribute
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if name := string(k); telling(name) && len(v) <= maxAttribute && !has(out, name) {
			out = append(out, html.Attribute{Key: name, Val: string(v)})
		}
	}
	return out
}

func has(list []html.Attribute, name string) bool {
	for _, a := range list {
		if a.Key == name {
			return true
		}
	}
	return false
}

func telling(attribute string) bool {
	switch attribute {
	case "id", "class", "role", "rel", "itemprop", "href", "src", "property", "content", "style", "hidden", "aria-hidden", "aria-modal":
		return true
	}
	return false
}

// skip reads on to the end tag of an element and gives the text in between.
func skip(z *html.Tokenizer, name string) string {
	var text strings.Builder
	for depth := 1; ; {
		switch z.Next() {
		case html.ErrorToken:
			return text.String()
		case html.TextToken:
			text.Write(z.Text())
		case html.StartTagToken:
			if n, _ := z.TagName(); string(n) == name {
				depth++
			}
		case html.EndTagToken:
			if n, _ := z.TagName(); string(n) == name {
				if depth--; depth == 0 {
					return text.String()
				}
			}
		}
	}
}

// silent tells elements whose content is not text for readers.
func silent(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "applet", "textarea",
		"noembed", "noframes", "xmp", "canvas", "audio", "video", "datalist":
		return true
	}
	return false
}

// foreign tells elements of other languages than HTML, which may close themselves.
func foreign(name string) bool { return name == "svg" || name == "math" }

// formatting tells elements that change only how a text looks.
func formatting(name string) bool {
	switch name {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
		"mark", "abbr", "cite", "sub", "sup", "wbr", "bdi", "bdo", "dfn", "kbd", "samp", "var", "ins", "del", "acronym", "center", "data":
		return true
	}
	return false
}

// inline tells elements that do not begin a line.
func inline(name string) bool {
	switch name {
	case "a", "span", "label", "q", "time", "img", "br", "input", "button", "select", "option", "ruby", "rt", "rp", "picture", "source", "meter", "progress", "output", "map", "area", "embed", "link":
		return true
	}
	return false
}

// void tells elements that have no end (HTML Standard, 13.1.2).
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "param", "basefont", "bgsound", "frame", "keygen":
		return true
	}
	return false
}

func tablePart(name string) bool {
	switch name {
	case "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption":
		return true
	}
	return false
}
