// Command background counts in how many news texts each word stands, and
// prints the table of common words that internal/relate/story embeds
// (background.txt). The counts are facts about English news; no text of the
// counted sets goes into the table.
//
//	go run ./eval/background ../shared/bench > internal/relate/story/background.txt
//
// It was counted on three sets that differ in kind and years, so that the
// names of one season do not pass for common words: PolNeAR (US political
// news 2015-16, quotes/train.tar.gz and dev.tar.gz), TimeBank and AQUAINT
// (agency and broadcast news 1989-2000, time/tbaq.tar.gz), and the English
// Worldwide Newswire set (newspapers from all continents, entities/train.tar.gz).
// A word's share is the middle one of its shares in the three sets.
package main

import (
	"archive/tar"
	"bufio"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// rarest is the highest weight in the table; rarer words are left out.
const rarest = 50

// set is a body of texts and the document frequencies in it.
type set struct {
	files []string
	texts int
	df    map[string]int
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: background FOLDER-OF-THE-BENCHMARKS")
		os.Exit(2)
	}
	sets := []set{
		{files: []string{"quotes/train.tar.gz", "quotes/dev.tar.gz"}},
		{files: []string{"time/tbaq.tar.gz"}},
		{files: []string{"entities/train.tar.gz"}},
	}
	for i := range sets {
		sets[i].df = map[string]int{}
		for _, f := range sets[i].files {
			if err := sets[i].count(filepath.Join(os.Args[1], f)); err != nil {
				fmt.Fprintln(os.Stderr, "background:", err)
				os.Exit(1)
			}
		}
	}
	out := bufio.NewWriter(os.Stdout)
	print(out, sets)
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "background:", err)
		os.Exit(1)
	}
}

// print writes the table, commonest first.
func print(out io.Writer, sets []set) {
	type row struct {
		word  string
		share float64
	}
	total := 0
	words := map[string]bool{}
	for _, s := range sets {
		total += s.texts
		for w := range s.df {
			words[w] = true
		}
	}
	var rows []row
	for w := range words {
		shares := make([]float64, 0, len(sets))
		for _, s := range sets {
			shares = append(shares, float64(s.df[w])/float64(s.texts))
		}
		slices.Sort(shares)
		if m := shares[len(shares)/2]; m > 0 {
			rows = append(rows, row{w, m})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(-cmp.Compare(a.share, b.share), cmp.Compare(a.word, b.word)) })
	fmt.Fprintf(out, "# Common words of English news (base forms), commonest first, each with its weight:\n")
	fmt.Fprintf(out, "# ten times ln(1/share of the texts in which it stands), in steps of 5.\n")
	fmt.Fprintf(out, "# Counted on %d texts by eval/background; see there. A word that is not here is rare.\n", total)
	for _, r := range rows {
		if w := int(math.Round(-math.Log(r.share)*2)) * 5; w <= rarest {
			fmt.Fprintf(out, "%s %d\n", r.word, w)
		}
	}
}

// count reads the texts of a packed set.
func (s *set) count(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	for in := tar.NewReader(z); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		raw, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		if text := plain(path.Ext(h.Name), string(raw)); text != "" {
			s.add(text)
		}
	}
}

// add counts the words of one text, each once.
func (s *set) add(text string) {
	s.texts++
	v := pipeline.Annotate(news.Version{Text: text})
	seen := map[string]bool{}
	for _, t := range v.Tokens {
		if !seen[t.Lemma] && strings.IndexFunc(t.Lemma, unicode.IsLetter) >= 0 {
			seen[t.Lemma] = true
			s.df[t.Lemma]++
		}
	}
}

// plain takes the words out of a file of one of the sets, "" if it is none of
// their texts.
func plain(ext, raw string) string {
	switch ext {
	case ".txt":
		return raw
	case ".tml":
		_, body, _ := strings.Cut(raw, "<TEXT>")
		body, _, _ = strings.Cut(body, "</TEXT>")
		return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(dropTags(body))
	case ".tsv":
		var b strings.Builder
		for line := range strings.Lines(raw) {
			word, _, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
			if word == "" {
				b.WriteByte('\n')
				continue
			}
			b.WriteString(word)
			b.WriteByte(' ')
		}
		return b.String()
	}
	return ""
}

func dropTags(s string) string {
	var b strings.Builder
	inside := false
	for _, r := range s {
		switch {
		case r == '<':
			inside = true
		case r == '>':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return b.String()
}
