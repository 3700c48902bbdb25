package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/schema"
)

// write runs f with a buffered writer on standard output, or on the file at
// path. The file is there only when all of it was written.
func (a *app) write(path string, f func(io.Writer) error) error {
	if path == "" {
		w := bufio.NewWriter(a.io.out)
		if err := f(w); err != nil {
			w.Flush() // what is known so far
			return err
		}
		if err := w.Flush(); err != nil {
			return fmt.Errorf("write to standard output: %w", err)
		}
		return nil
	}
	return replaceFile(path, f)
}

// replaceFile writes a file beside path and puts it in its place.
func replaceFile(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return straightTo(path, write) // a device or a pipe
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".tracewire-*")
	if err != nil {
		return cannotWrite(path, err)
	}
	defer os.Remove(f.Name()) // fails when it was put in place
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(w.Flush(), f.Chmod(0o644), f.Close()); err != nil {
		return cannotWrite(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}

func straightTo(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return cannotWrite(path, err)
	}
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}

// cannotWrite says which result could not be written, and what to do.
func cannotWrite(path string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	hint := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint = "; make its folder first"
	case errors.Is(err, fs.ErrPermission):
		hint = "; name a place that you may write to"
	}
	return fmt.Errorf("write the result to %s: %w%s", path, err, hint)
}

// whole is the JSON of a run: all documents, and what goes across them.
type whole struct {
	Documents []schema.Document `json:"documents"`
	Story     schema.Story      `json:"story"`
}

func everything(threads []pipeline.Thread) whole {
	versions, relations := pipeline.Combine(threads)
	w := whole{Story: schema.FromRelations(relations, textsOf(versions)), Documents: []schema.Document{}}
	for _, v := range versions {
		w.Documents = append(w.Documents, schema.FromVersion(v))
	}
	return w
}

func textsOf(versions []*news.Version) map[string]string {
	out := make(map[string]string, len(versions))
	for _, v := range versions {
		out[v.Name] = v.Text
	}
	return out
}

// folder is where results go, one file for each name.
type folder struct {
	path  string
	taken map[string]bool // file names in lower case: some disks know no other
}

func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, cannotWrite(path, err)
	}
	return &folder{path, map[string]bool{}}, nil
}

// write puts v as JSON into name.json, or into name~id.json when another
// name gave the same file.
func (d *folder) write(name, id string, v any) error {
	file := fileName(name)
	if d.taken[strings.ToLower(file)] {
		file += "~" + id[:min(8, len(id))]
	}
	d.taken[strings.ToLower(file)] = true
	return replaceFile(filepath.Join(d.path, file+".json"), func(w io.Writer) error { return writeJSON(w, v) })
}

// fileName replaces the signs that no file name should have.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeft(name, ".")
	if n := 120; len(name) > n { // with the ending well below the usual 255
		for n > 0 && !utf8.RuneStart(name[n]) {
			n--
		}
		name = name[:n]
	}
	if name == "" {
		return "document"
	}
	return name
}
