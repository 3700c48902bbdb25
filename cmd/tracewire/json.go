package main

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// writeJSON writes v indented. Its lists are encoded an element at a time:
// what goes across some hundred pages comes to tens of megabytes, of which no
// more than one element is in memory twice.
func writeJSON(w io.Writer, v any) error {
	out := &indenter{to: w}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if err := encodeParts(out, e, reflect.ValueOf(v)); err != nil {
		return err
	}
	out.room = append(out.room, '\n')
	return out.flush()
}

// encodeParts is e.Encode of v, field by field and element by element.
func encodeParts(out *indenter, e *json.Encoder, v reflect.Value) error {
	var open, shut string
	var n int
	switch {
	case v.Kind() == reflect.Slice && !v.IsNil() && v.Type().Elem().Kind() == reflect.Struct:
		open, shut, n = "[", "]", v.Len()
	case v.Kind() == reflect.Struct && plain(v.Type()):
		open, shut, n = "{", "}", v.NumField()
	default:
		return e.Encode(v.Interface())
	}
	out.add([]byte(open))
	for i := range n {
		if i > 0 {
			out.add([]byte(","))
		}
		if v.Kind() == reflect.Slice {
			if err := e.Encode(v.Index(i).Interface()); err != nil {
				return err
			}
			continue
		}
		if err := e.Encode(v.Type().Field(i).Tag.Get("json")); err != nil {
			return err
		}
		out.add([]byte(":"))
		if err := encodeParts(out, e, v.Field(i)); err != nil {
			return err
		}
	}
	out.add([]byte(shut))
	return nil
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
	return true
}

// indenter sets valid JSON that is written to it as json.Indent does, a blank
// for each level, and hands it on.
type indenter struct {
	to       io.Writer
	room     []byte // not handed on yet
	depth    int
	inString bool
	escaped  bool // the sign before is a backslash in a string
	opened   bool // nothing has come since a bracket was opened
}

// indenterRoom is the bytes that an indenter hands on at a time.
const indenterRoom = 64 << 10

// Write is that of io.Writer.
func (x *indenter) Write(p []byte) (int, error) {
	x.add(p)
	if len(x.room) < indenterRoom {
		return len(p), nil
	}
	return len(p), x.flush()
}

func (x *indenter) flush() error {
	_, err := x.to.Write(x.room)
	x.room = x.room[:0]
	return err
}

func (x *indenter) add(p []byte) {
	for len(p) > 0 {
		if x.inString {
			n := x.within(p)
			x.room, p = append(x.room, p[:n]...), p[n:]
			continue
		}
		c := p[0]
		p = p[1:]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			continue
		}
		shut := c == '}' || c == ']'
		switch {
		case shut && !x.opened:
			x.depth--
			x.line()
		case x.opened && !shut:
			x.depth++
			x.line()
		}
		x.room = append(x.room, c)
		x.opened = c == '{' || c == '['
		switch c {
		case '"':
			x.inString = true
		case ',':
			x.line()
		case ':':
			x.room = append(x.room, ' ')
		}
	}
}

// within is how many bytes of p belong to the string that is open, its end
// included.
func (x *indenter) within(p []byte) int {
	at := 0
	if x.escaped {
		at, x.escaped = 1, false
	}
	for {
		k := bytes.IndexAny(p[at:], `"\`)
		if k < 0 {
			return len(p)
		}
		at += k + 1
		if p[at-1] == '"' {
			x.inString = false
			return at
		}
		if at == len(p) {
			x.escaped = true
			return at
		}
		at++ // what is escaped
	}
}

func (x *indenter) line() {
	x.room = append(x.room, '\n')
	for range x.depth {
		x.room = append(x.room, ' ')
	}
}
