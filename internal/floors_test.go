// Package internal_test checks the house as a whole: which package may import
// which.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the import path of the repository's root.
const module = "github.com/tracewire/tracewire/"

// floors is the house from the ground up: each package, and after the colon
// all packages of the module that it may import. A star stands for one path
// element. Where a star stands on both sides of a line it never lets a package
// import its siblings, since those are not named on the right.
const floors = `
internal/text        :
internal/news        : internal/text
internal/schema      : internal/text internal/news
internal/markup      :

# Contracts: what a relation or a store must offer.
internal/relate      : internal/text internal/news
internal/store       : internal/text internal/news

# The rooms. None knows its neighbour; order lives in pipeline.
internal/ingest/*    : internal/text internal/news internal/markup
internal/ingest      : internal/text internal/news internal/markup internal/ingest/*
internal/annotate/*  : internal/text internal/news
internal/relate/*    : internal/text internal/news internal/relate
internal/store/*     : internal/text internal/news internal/store

internal/pipeline    : internal/text internal/news internal/schema internal/ingest internal/ingest/* internal/annotate/* internal/relate internal/relate/* internal/store internal/store/*
internal/report      : internal/text internal/news internal/schema internal/relate internal/store

internal/serve/*     : internal/text internal/news internal/schema internal/store internal/pipeline internal/report
internal/serve       : internal/text internal/news internal/schema internal/store internal/pipeline internal/report internal/serve/*

# Scorers read the JSON that anyone can read, and get the program as a function.
eval/archive         :
eval/measure         : internal/text
eval/logistic        :
eval/extraction      : internal/ingest/charset internal/ingest/page eval/measure eval/archive
eval/extraction/train : internal/ingest/page eval/extraction
eval/kinds/train     : internal/news internal/annotate/header eval/lineagebench eval/logistic
eval/lineagebench/train : internal/news internal/pipeline internal/relate/lineage internal/relate/reuse internal/store/memory eval/lineagebench eval/logistic
eval/dates           : internal/ingest/page eval/measure eval/extraction
eval/stream          : internal/news internal/ingest/warc internal/annotate/sketch internal/store internal/pipeline
eval/polnear/train   : internal/text internal/news internal/annotate/* eval/polnear eval/measure
eval/entities/train  : internal/text internal/news internal/annotate/* internal/pipeline eval/entities eval/measure
eval/*               : internal/text internal/news internal/schema internal/pipeline eval/measure eval/archive
eval                 : internal/text internal/news internal/schema internal/pipeline eval/*

cmd/tracewire        : internal/text internal/news internal/schema internal/relate internal/store internal/store/* internal/ingest internal/ingest/* internal/pipeline internal/report internal/serve eval eval/*
`

// impure holds what a pure stage must not import: files, network, logs,
// chance. The package time is allowed for the calendar; its clock is not.
var impure = []string{
	"os", "os/exec", "io/fs", "io/ioutil", "net", "net/http", "log", "log/slog", "math/rand", "math/rand/v2",
	"crypto/rand", "database/sql", "syscall", "flag",
}

// nameless are folder names that say nothing of what lies inside.
var nameless = []string{"util", "utils", "helper", "helpers", "common", "misc", "shared", "base"}

func TestFloors(t *testing.T) {
	table := readFloors(t)
	for _, f := range sources(t) {
		// Tests may climb: an annotator's test runs the stages before it.
		if strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		may, known := allowed(table, f.dir)
		if !known {
			t.Errorf("%s: package %s stands on no floor: add a line for it to the table `floors` in internal/floors_test.go", f.path, f.dir)
			continue
		}
		for _, i := range f.imports {
			to, own := strings.CutPrefix(i, module)
			if own && !slices.ContainsFunc(may, func(p string) bool { return fits(p, to) }) {
				t.Errorf("%s: package %s must not import %s (see the table `floors` in internal/floors_test.go)", f.path, f.dir, to)
			}
		}
	}
}

func TestStagesArePure(t *testing.T) {
	for _, f := range sources(t) {
		if strings.HasSuffix(f.path, "_test.go") || !fits("internal/annotate/*", f.dir) && !fits("internal/relate/*", f.dir) {
			continue
		}
		for _, i := range f.imports {
			if slices.Contains(impure, i) {
				t.Errorf("%s: a stage is a pure function and must not import %q", f.path, i)
			}
		}
		for _, use := range clockReads(t, f.path) {
			t.Errorf("%s: a stage has no clock, but reads %s", f.path, use)
		}
	}
}

func TestFoldersSayWhatTheyHold(t *testing.T) {
	for _, f := range sources(t) {
		if slices.Contains(nameless, path.Base(f.dir)) {
			t.Errorf("%s: the folder name %q says nothing; name it after what it does", f.path, path.Base(f.dir))
		}
	}
}

// A file that one cannot hold in one's head is two files.
func TestFilesStayShort(t *testing.T) {
	const most = 800 // lines
	for _, f := range sources(t) {
		raw, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(raw), "\n"); n > most {
			t.Errorf("%s has %d lines, more than %d: cut it where the subject changes", f.path, n, most)
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		pattern, dir string
		want         bool
	}{
		{"internal/text", "internal/text", true},
		{"internal/text", "internal/texts", false},
		{"internal/annotate/*", "internal/annotate/quote", true},
		{"internal/annotate/*", "internal/annotate", false},
		{"internal/annotate/*", "internal/annotate/quote/deep", false},
		{"internal/ingest", "internal/ingest/page", false},
	} {
		if got := fits(c.pattern, c.dir); got != c.want {
			t.Errorf("fits(%q, %q) = %v", c.pattern, c.dir, got)
		}
	}
}

// A wrong house must be seen: siblings, a climb, and a package nobody named.
func TestFloorsHoldAgainstWrongImports(t *testing.T) {
	table := readFloors(t)
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"internal/news", "internal/text", true},
		{"internal/text", "internal/news", false},
		{"internal/annotate/quote", "internal/annotate/mention", false},
		{"internal/annotate/quote", "internal/schema", false},
		{"internal/relate/story", "internal/relate", true},
		{"internal/relate/story", "internal/relate/reuse", false},
		{"internal/ingest", "internal/ingest/page", true},
		{"internal/ingest/page", "internal/ingest", false},
		{"internal/store/sqlite", "internal/store", true},
		{"internal/pipeline", "internal/report", false},
		{"eval/gold", "internal/annotate/quote", false},
		{"eval/gold", "eval/measure", true},
		{"eval/measure", "eval/gold", false},
		{"cmd/tracewire", "eval/gold", true},
	} {
		may, known := allowed(table, c.from)
		got := known && slices.ContainsFunc(may, func(p string) bool { return fits(p, c.to) })
		if got != c.want {
			t.Errorf("%s may import %s = %v, want %v", c.from, c.to, got, c.want)
		}
	}
	if _, known := allowed(table, "internal/attic"); known {
		t.Error("a package that the table does not name was found in it")
	}
}

// floor is a line of the table.
type floor struct {
	pattern string
	may     []string
}

func readFloors(t *testing.T) []floor {
	t.Helper()
	var table []floor
	for line := range strings.Lines(floors) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, may, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("a line of the table has no colon: %q", line)
		}
		table = append(table, floor{strings.TrimSpace(name), strings.Fields(may)})
	}
	return table
}

func allowed(table []floor, dir string) (may []string, known bool) {
	for _, f := range table {
		if fits(f.pattern, dir) {
			return f.may, true
		}
	}
	return nil, false
}

func fits(pattern, dir string) bool {
	ok, err := path.Match(pattern, dir)
	return ok && err == nil
}

// source is a Go file of the module.
type source struct {
	path    string // as the operating system has it
	dir     string // of the package, relative to the root, with slashes
	imports []string
}

// sources lists all Go files under cmd, eval and internal. The root itself and
// this folder hold tests of the whole and are no package.
func sources(t *testing.T) []source {
	t.Helper()
	const root = ".."
	var out []source
	for _, top := range []string{"cmd", "eval", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			switch {
			case os.IsNotExist(err):
				return fs.SkipDir
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case d.IsDir() || filepath.Ext(p) != ".go":
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			dir, err := filepath.Rel(root, filepath.Dir(p))
			if err != nil {
				return err
			}
			s := source{path: p, dir: filepath.ToSlash(dir)}
			for _, i := range f.Imports {
				s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
			}
			out = append(out, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) == 0 {
		t.Fatal("found no Go files: is the test run from its own folder?")
	}
	return out
}

// clockReads names the functions of package time that ask the clock.
func clockReads(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := s.X.(*ast.Ident)
		if ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Tick", "Sleep"}, s.Sel.Name) {
			out = append(out, "time."+s.Sel.Name)
		}
		return true
	})
	return out
}
