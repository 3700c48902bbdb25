package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/news"
)

// Captures finds everything at paths and hands it on unread, so that it can be
// read by several goroutines (Found.Read). See Each.
func Captures(ctx context.Context, paths []string, stdin io.Reader, opts Options, yield func(Found) error) error {
	w := walker{ctx, opts.withDefaults(), yield}
	for _, p := range paths {
		if err := w.path(p, stdin); err != nil {
			return err
		}
	}
	return ctx.Err()
}

type walker struct {
	ctx   context.Context
	opts  Options
	yield func(Found) error
}

func (w *walker) path(p string, stdin io.Reader) error {
	if p == "-" {
		return w.open(stdin, "-", "stdin")
	}
	info, err := os.Stat(p)
	switch {
	case err != nil:
		return w.refuse(p, "unreadable", "open", err)
	case info.IsDir():
		return w.folder(p)
	}
	// A pipe is what the shell's <(…) gives; only files in folders must be
	// regular ones.
	return w.file(p, stem(p))
}

// folder goes through a folder by name. The name of a version is the file's
// path inside it, without the ending, so that it is the same wherever the
// folder lies.
func (w *walker) folder(root string) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		if err != nil {
			if err := w.refuse(p, "unreadable", "open", err); err != nil {
				return err
			}
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if p != root && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		info, err := os.Stat(p) // through links
		switch {
		case err != nil:
			return w.refuse(p, "unreadable", "open", err)
		case info.IsDir():
			return w.refuse(p, "not a file", "read", errors.New("it is a link to a folder, which is not followed; name that folder itself"))
		case !info.Mode().IsRegular():
			return w.refuse(p, "not a file", "read", errors.New("it is no regular file; leave it out"))
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			rel = p
		}
		rel = filepath.ToSlash(rel)
		return w.file(p, strings.TrimSuffix(rel, filepath.Ext(rel)))
	})
}

func (w *walker) file(p, name string) error {
	f, err := os.Open(p)
	if err != nil {
		return w.refuse(p, "unreadable", "open", err)
	}
	defer f.Close()
	return w.open(f, p, name)
}

// refuse hands on an input that is not there to be read.
func (w *walker) refuse(where, kind, tried string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	hint := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint = "; check the name"
	case errors.Is(err, fs.ErrPermission):
		hint = "; check who may read it"
	}
	return w.yield(Found{Where: where, refused: &Item{
		Capture: news.Capture{Path: where}, Outcome: Rejected, Kind: kind, Where: where,
		Reason: fmt.Sprintf("%s %s: %v%s", tried, where, err, hint),
	}})
}

// stream reads one input: line by line when it begins like JSONL, as a whole
// otherwise.
func (w *walker) stream(in io.Reader, where, name string) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	r := bufio.NewReaderSize(in, 64<<10)
	head, err := r.Peek(64 << 10)
	if err != nil && err != io.EOF {
		return w.refuse(where, "unreadable", "read", err)
	}
	t := charset.Decode(head)
	shape := sniff(t.Text, where)
	if shape == isJSONL && t.NULs*50 <= len(head) {
		if strings.HasPrefix(t.Charset, "utf-16") {
			order := unicode.LittleEndian
			if t.Charset == "utf-16be" {
				order = unicode.BigEndian
			}
			r = bufio.NewReaderSize(transform.NewReader(r, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), 64<<10)
		}
		return w.lines(r, where, name)
	}
	raw, err := io.ReadAll(io.LimitReader(r, w.opts.MaxFile+1))
	switch {
	case err != nil:
		return w.refuse(where, "unreadable", "read", err)
	case int64(len(raw)) > w.opts.MaxFile:
		return w.refuse(where, "too large", "read", fmt.Errorf("it has more than %d bytes; split it into one article a file, or write it as JSONL", w.opts.MaxFile))
	}
	return w.document(news.Capture{Raw: raw, Path: where}, shape, where, name)
}

func (w *walker) lines(r *bufio.Reader, where, name string) error {
	for n := 1; ; n++ {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		line, size, err := readLine(r, w.opts.MaxLine)
		at := fmt.Sprintf("%s:%d", where, n)
		switch {
		case err == io.EOF:
			return nil
		case err == errTooLong:
			err = w.refuse(at, "too large", "read", fmt.Errorf("the line has %d bytes, the limit is %d; leave it out or split it", size, w.opts.MaxLine))
			if err != nil {
				return err
			}
			continue
		case err != nil:
			return w.refuse(at, "unreadable", "read", err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue // the end of a file, or air between lines: nothing came in
		}
		f := Found{Capture: news.Capture{ID: hashOf(line), Raw: line, Path: at}, Name: fmt.Sprintf("%s:%d", name, n), Where: at}
		if !looksLikeObject(line) {
			f.refused = &Item{
				Capture: f.Capture, Outcome: Quarantined, Kind: "broken JSON", Where: at,
				Reason: fmt.Sprintf("read %s: the line is not a JSON object; mend it and read it again", at),
			}
		}
		if err := w.yield(f); err != nil {
			return err
		}
	}
}

// looksLikeObject keeps a broken line of JSONL from being read as an article
// in plain text.
func looksLikeObject(line []byte) bool {
	line = bytes.TrimSpace(line)
	return line[0] == '{' && line[len(line)-1] == '}'
}
