// Package propagation invents news stories of which everything is known: who
// said what first, who had it from whom, who copied, what was updated, denied
// or made up of nothing. The stories are whole articles in the style of news
// agencies (language/*.txt); the program reads them as any others, and its
// counts of origins are held against the truth.
//
// Half of the stories are written in a language of their own that is kept for
// judging: other events, other ways of naming a source.
package propagation

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed language/open.txt language/held.txt
var files embed.FS

// language is what the articles of one part are written with.
type language struct {
	events []event
	frames map[string][]string // ways of naming where a statement comes from
	words  map[string][]string
}

// event is a kind of happening with the sentences that tell of it.
type event struct {
	name      string
	rising    bool // its figure only grows
	unit      string
	low, high int
	bodies    []body
	lines     map[string][]string // headline, main, num, numq, say, sayq, deny, colour, back
}

// body is an institution and the title of the person at its head.
type body struct{ name, title string }

// parse reads a language. It panics on mistakes: the files are part of the
// program.
func parse(file string) language {
	raw, err := files.ReadFile("language/" + file)
	if err != nil {
		panic(err)
	}
	l := language{frames: map[string][]string{}, words: map[string][]string{}}
	into := map[string][]string(nil)
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "event "); ok && !strings.Contains(line, ":") {
			l.events = append(l.events, event{name: name, lines: map[string][]string{}})
			into = l.events[len(l.events)-1].lines
			continue
		}
		switch line {
		case "frames":
			into = l.frames
			continue
		case "words":
			into = l.words
			continue
		}
		key, text, ok := strings.Cut(line, ": ")
		if !ok || into == nil {
			panic(fmt.Sprintf("%s:%d: no key", file, n+1))
		}
		into[key] = append(into[key], text)
	}
	for i := range l.events {
		l.events[i].settle()
	}
	return l
}

// settle takes the facts of an event out of its lines.
func (e *event) settle() {
	one := func(key string) string {
		if len(e.lines[key]) != 1 {
			panic("event " + e.name + " needs one " + key)
		}
		return e.lines[key][0]
	}
	e.rising = one("rising") == "yes"
	e.unit = one("unit")
	if _, err := fmt.Sscan(one("range"), &e.low, &e.high); err != nil {
		panic("event " + e.name + ": range: " + err.Error())
	}
	for _, b := range strings.Split(one("bodies"), " | ") {
		name, title, _ := strings.Cut(b, "/")
		e.bodies = append(e.bodies, body{name, title})
	}
}

// fill puts values into the slots of a template.
func fill(template string, slots map[string]string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, rest, ok := strings.Cut(after, "}")
		v, known := slots[name]
		if !ok || !known {
			panic("no slot {" + name + "}")
		}
		b.WriteString(v)
		template = rest
	}
}

// upper begins a sentence.
func upper(s string) string {
	for i, r := range s {
		return s[:i] + strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
