package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/schema"
)

// output opens the file that --out names, or standard output.
func (a *app) output(path string) (io.Writer, func() error, error) {
	if path == "" {
		w := bufio.NewWriter(a.io.out)
		return w, w.Flush, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, fmt.Errorf("write the result: %w", err)
	}
	w := bufio.NewWriter(f)
	return w, func() error {
		if err := w.Flush(); err != nil {
			f.Close()
			return err
		}
		return f.Close()
	}, nil
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

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// writeFile puts v as JSON into folder/name.json. Signs that no file name
// should have are replaced.
func writeFile(folder, name string, v any) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make the folder for the results: %w", err)
	}
	f, err := os.Create(filepath.Join(folder, fileName(name)+".json"))
	if err != nil {
		return fmt.Errorf("write the result of %s: %w", name, err)
	}
	if err := writeJSON(f, v); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeft(name, ".")
	if len(name) > 120 {
		name = name[:120]
	}
	if name == "" {
		return "document"
	}
	return name
}
