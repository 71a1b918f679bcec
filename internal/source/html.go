package source

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"telex/internal/document"
)

// page is an HTML page as a document.
type page struct {
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	HTML      string `json:"html"`
}

// wrapHTML makes a JSON document of a page, in UTF-8, with the address and the
// time of publication that the page gives of itself.
func wrapHTML(data []byte) ([]byte, error) {
	text, err := pageText(data)
	if err != nil {
		return nil, err
	}
	p := page{HTML: text}
	p.describe()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(p); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// pageText decodes a page by the encoding it declares, as browsers do
// (WHATWG Encoding); what is valid UTF-8 stays as it is.
func pageText(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, byteOrderMark)
	if utf8.Valid(data) {
		return string(data), nil
	}
	enc, name, _ := charset.DetermineEncoding(data, "")
	if name == "utf-8" {
		return "", &document.Refusal{Reason: document.NotUTF8, Step: "read",
			Message: "the page says it is UTF-8 and is not; save it again in UTF-8"}
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil || !utf8.Valid(text) {
		return "", &document.Refusal{Reason: document.NotUTF8, Step: "read",
			Message: "the page is not in " + name + " as it says; save it again in UTF-8"}
	}
	return string(text), nil
}

// describe reads address and time from the head of the page (Open Graph
// article:published_time and og:url, link rel=canonical). What is not in the
// form that a document needs is left out, for the page was not written for us.
func (p *page) describe() {
	z := html.NewTokenizer(strings.NewReader(p.HTML))
	z.SetMaxBuf(64 << 10)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch string(name) {
			case "body":
				return
			case "meta":
				a := attributes(z, more)
				p.meta(a["property"], a["content"])
			case "link":
				if a := attributes(z, more); strings.EqualFold(a["rel"], "canonical") && webAddress(a["href"]) {
					p.URL = a["href"]
				}
			}
		}
	}
}

func (p *page) meta(property, content string) {
	switch property {
	case "og:url":
		if p.URL == "" && webAddress(content) {
			p.URL = content
		}
	case "article:published_time":
		if _, err := time.Parse(time.RFC3339, content); err == nil {
			p.Published = content
		} else if _, err := time.Parse(time.DateOnly, content); err == nil {
			p.Published = content
		}
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	out := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		out[string(k)] = strings.TrimSpace(string(v))
	}
	return out
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
