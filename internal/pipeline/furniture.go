package pipeline

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/furniture"
	"github.com/tracewire/tracewire/internal/relate/story"
	"github.com/tracewire/tracewire/internal/store"
)

// What a host prints around its reports is known only when many of them are
// there. So each version is read twice at most: once by itself, when it comes
// in, and again with the lines that its host has shown to be furniture. Keys,
// overlaps and families rest on the first reading alone, and the memory on them:
// it has no circle, and the order in which pages came in does not show.

const (
	// pages is the kind of derived value under which the edges of versions are
	// kept, by pageKey.
	pages = "furniture/1"
	// readings is the kind of the second readings, by ID.
	readings = "reading/1"
)

var (
	pageCodec    = sync.OnceValue(store.NewCodec[furniture.Page])
	readingCodec = sync.OnceValue(store.NewCodec[reading])
)

// reading is a version read again.
type reading struct {
	Print  uint64 // of what was known of its lines, and of what it is made of
	Layers string // "" if the first reading stands
	Digest story.D
}

// pageKey puts the versions of one host together: 16 digits of it, then the ID.
func pageKey(host, id string) string {
	h := fnv.New64a()
	h.Write([]byte(host))
	return fmt.Sprintf("%016x%s", h.Sum64(), id)
}

const hostDigits = 16

// readAgain finds the furniture of all hosts and reads again the versions that
// look different by it. It fills p.standing and puts their digests into ds.
func (e Engine) readAgain(ctx context.Context, p *plan, ds map[string]story.D, links []news.Link) error {
	family, many, kin := familiesOf(p, ds, links)
	told := furniture.Told{}
	if len(many) > 0 {
		if err := e.eachHost(ctx, family, kin, func(reports []furniture.Report) error {
			for i := range reports {
				if many[reports[i].Family] {
					told.Add(&reports[i])
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	p.standing = map[string][]news.Standing{}
	var touched []touchedPage
	again := func() error {
		found, errs := make([]reading, len(touched)), make([]error, len(touched))
		fresh := make([]bool, len(touched))
		e.parallel(len(touched), func(i int) {
			found[i], fresh[i], errs[i] = e.reading(ctx, touched[i].id, p.seen[touched[i].id], touched[i].standing)
		})
		for i, t := range touched {
			if errs[i] != nil {
				return fmt.Errorf("read %s again: %w", t.id, errs[i])
			}
			if fresh[i] {
				raw := readingCodec().Encode(&found[i])
				if err := group.Do(func(b store.Batch) error { return b.PutDerived(readings, t.id, raw) }); err != nil {
					return err
				}
			}
			if found[i].Layers != "" {
				p.standing[t.id], ds[t.id] = t.standing, found[i].Digest
			}
		}
		touched = touched[:0]
		return nil
	}
	err := e.eachHost(ctx, family, kin, func(reports []furniture.Report) error {
		all := furniture.Fold(reports, &told)
		for i := range reports {
			if touches(reports[i].Lines, all[i]) {
				touched = append(touched, touchedPage{reports[i].ID, all[i]})
			}
			if len(touched) == atOnce { // most hosts have fewer than there are processors
				if err := again(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		err = again()
	}
	if err != nil {
		return err
	}
	return group.Flush()
}

// touchedPage is a version that may look different by what is known of its lines.
type touchedPage struct {
	id       string
	standing []news.Standing
}

// familiesOf numbers the families of copies and versions, by ID; many holds the
// numbers of those with more than one member. Two pages of one outlet that have
// some paragraphs in common may be a running story, or have nothing in common
// but furniture: they are kin, and furniture.Fold looks closer.
func familiesOf(p *plan, ds map[string]story.D, links []news.Link) (family map[string]int, many map[int]bool, kin map[string][]furniture.Kin) {
	root := map[string]string{}
	find := func(x string) string {
		for root[x] != "" {
			if up := root[root[x]]; up != "" {
				root[x] = up
			}
			x = root[x]
		}
		return x
	}
	kin = map[string][]furniture.Kin{}
	for _, l := range links {
		if l.From == "" {
			continue
		}
		from, to := p.ids[l.From], p.ids[l.To]
		rewritten := ds[from].Outlet == ds[to].Outlet && strings.HasPrefix(l.Why.Rule, "same-outlet-rewritten")
		switch {
		case rewritten, l.Relation == news.Excerpt && ds[from].Outlet == ds[to].Outlet:
			prose := 0
			for _, x := range l.Passages {
				if x.Kind == news.Prose {
					prose += x.A.Len()
				}
			}
			kin[from] = append(kin[from], furniture.Kin{ID: to, Prose: prose})
		case l.Relation == news.Copy, l.Relation == news.Trimmed, l.Relation == news.EarlierVersion:
			if from, to = find(from), find(to); from != to {
				root[max(from, to)] = min(from, to)
			}
		}
	}
	family, many = make(map[string]int, len(p.names)), map[int]bool{}
	number := make(map[string]int, len(p.names))
	for id := range p.names { // any number will do, so that any order does
		r := find(id)
		n, known := number[r]
		if !known {
			n = len(number)
			number[r] = n
		}
		many[n] = known
		family[id] = n
	}
	return family, many, kin
}

// eachHost hands on what is kept of the pages of one host after the other.
// Versions without a family came in after the digests were read.
func (e Engine) eachHost(ctx context.Context, family map[string]int, kin map[string][]furniture.Kin, yield func([]furniture.Report) error) error {
	var now []furniture.Report
	host := ""
	for kv, err := range e.Store.DerivedAll(ctx, pages) {
		if err != nil {
			return err
		}
		if h := kv.Key[:hostDigits]; h != host {
			if err := yield(now); err != nil {
				return err
			}
			host, now = h, nil
		}
		r := furniture.Report{ID: kv.Key[hostDigits:]}
		n, known := family[r.ID]
		if !known {
			continue
		}
		r.Family, r.Kin = n, kin[r.ID]
		if err := pageCodec().Decode(kv.Value, &r.Page); err != nil {
			return fmt.Errorf("edges of %s: %w", r.ID, err)
		}
		now = append(now, r)
	}
	return yield(now)
}

// touches reports whether a page may look different for what is known of its
// lines: one of them was shown to readers, or one that stands in heads follows
// what was taken for the body.
func touches(lines []furniture.Line, standing []news.Standing) bool {
	k := 0
	for _, s := range standing {
		for lines[k].Number != s.Number {
			k++
		}
		if l := &lines[k]; l.Shown || s.Head && !s.Tail && l.Before > 0 {
			return true
		}
	}
	return false
}

// reading looks a second reading up, or makes it; fresh is true if it was made.
func (e Engine) reading(ctx context.Context, id string, seen uint64, standing []news.Standing) (r reading, fresh bool, err error) {
	h := fnv.New64a()
	fmt.Fprint(h, seen)
	for _, s := range standing { // the counts grow from day to day and change no label
		fmt.Fprint(h, " ", s.Number, s.Head, s.Tail)
	}
	print := h.Sum64()
	switch kept, err := e.Store.Derived(ctx, readings, id); {
	case err == nil:
		if err := readingCodec().Decode(kept, &r); err != nil || r.Print == print {
			return r, false, err
		}
	case !errors.Is(err, store.ErrNotFound):
		return r, false, err
	}
	v, err := e.version(ctx, id, e.Store.Outline)
	if err != nil {
		return r, false, err
	}
	r = reading{Print: print}
	lines, meta := header.FindAmong(v.Text, v.Given, standing)
	if sameLabels(v, lines.Items, &meta) {
		return r, true, nil
	}
	again := annotateAmong(news.Version{ID: v.ID, Name: v.Name, Capture: v.Capture, Text: v.Text, Given: v.Given}, standing)
	r.Layers, r.Digest = string(store.EncodeLayers(&again)), story.Digest(&again)
	return r, true, nil
}

// sameLabels reports whether a second look at the lines of v saw what the first
// did.
func sameLabels(v *news.Version, lines []news.Line, meta *news.Metadata) bool {
	return v.Meta.Kind == meta.Kind && v.Meta.Headline.Value == meta.Headline.Value &&
		v.Meta.Published.Value == meta.Published.Value && v.Meta.Agency.Value == meta.Agency.Value &&
		slices.EqualFunc(v.Lines.Items, lines, func(a, b news.Line) bool {
			return a.Label == b.Label && slices.Equal(a.Parts, b.Parts)
		})
}

// finalReading returns a version with all layers, of the second reading if there is
// one; then each standing line tells in how many reports it stands.
func (e Engine) finalReading(ctx context.Context, p *plan, id string) (*news.Version, error) {
	standing, again := p.standing[id]
	if !again {
		return e.version(ctx, id, e.Store.Layers)
	}
	v, err := e.version(ctx, id, func(ctx context.Context, _ string, v *news.Version) error {
		var r reading
		kept, err := e.Store.Derived(ctx, readings, id)
		if err == nil {
			err = readingCodec().Decode(kept, &r)
		}
		if err == nil {
			err = store.DecodeLayers([]byte(r.Layers), v)
		}
		if errors.Is(err, store.ErrNotFound) { // dropped meanwhile
			*v, err = annotateAmong(*v, standing), nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range v.Lines.Items {
		l := &v.Lines.Items[i]
		if k, ok := slices.BinarySearchFunc(standing, l.Number, func(s news.Standing, n int) int { return s.Number - n }); ok {
			l.Why.Rule += fmt.Sprintf("; stands in %d of %d reports of this host", standing[k].In, standing[k].Of)
		}
	}
	return v, nil
}
