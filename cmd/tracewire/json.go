package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// writeJSON writes v indented, as an encoder with SetIndent does. Its lists are
// encoded an element at a time: what goes across some hundred pages comes to tens
// of megabytes, of which no more than one element is in memory twice.
func writeJSON(w io.Writer, v any) error {
	out := bufio.NewWriter(w)
	p := parts{out: out}
	if err := p.write(reflect.ValueOf(v), ""); err != nil {
		return err
	}
	out.WriteByte('\n') // an error is kept for Flush
	return out.Flush()
}

// parts writes a value of which it takes the lists apart.
type parts struct {
	out *bufio.Writer
	one bytes.Buffer // the element at hand
}

// write writes v, whose first line is indented already; margin stands before its
// other lines.
func (p *parts) write(v reflect.Value, margin string) error {
	inner := margin + " "
	switch {
	case v.Kind() == reflect.Slice && v.Len() > 0 && v.Type().Elem().Kind() == reflect.Struct:
		for i := range v.Len() {
			p.next(i, "[", inner)
			if err := p.encode(v.Index(i), inner); err != nil {
				return err
			}
		}
		p.out.WriteString("\n" + margin + "]")
	case v.Kind() == reflect.Struct && plain(v.Type()):
		for i := range v.NumField() {
			p.next(i, "{", inner)
			if err := p.encode(reflect.ValueOf(v.Type().Field(i).Tag.Get("json")), inner); err != nil {
				return err
			}
			p.out.WriteString(": ")
			if err := p.write(v.Field(i), inner); err != nil {
				return err
			}
		}
		p.out.WriteString("\n" + margin + "}")
	default:
		return p.encode(v, margin)
	}
	return nil
}

// next begins the line of the i-th part.
func (p *parts) next(i int, open, margin string) {
	if i > 0 {
		open = ","
	}
	p.out.WriteString(open + "\n" + margin)
}

func (p *parts) encode(v reflect.Value, margin string) error {
	p.one.Reset()
	e := json.NewEncoder(&p.one)
	e.SetEscapeHTML(false)
	e.SetIndent(margin, " ")
	if err := e.Encode(v.Interface()); err != nil {
		return err
	}
	_, err := p.out.Write(bytes.TrimSuffix(p.one.Bytes(), []byte("\n")))
	return err
}

// plain reports whether a struct is encoded as the names in the tags of its
// fields, each with its value.
func plain(t reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		if name := f.Tag.Get("json"); f.Anonymous || !f.IsExported() || name == "" || name == "-" || strings.Contains(name, ",") {
			return false
		}
	}
	return t.NumField() > 0
}
