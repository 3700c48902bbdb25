package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/story"
)

// corrected is the kind of state under which corrections are kept, by their
// numbers. State is no derived data: it outlives every rebuilding.
const corrected = "story correction"

// Correction is what a person put right about stories. It names articles and
// not stories, since those are found anew in every run.
type Correction struct {
	Number   int                  `json:"number"` // from 1
	Kind     story.CorrectionKind `json:"kind"`
	Articles []Ref                `json:"articles"` // see story.Correction
	Story    []Ref                `json:"story"`
	Title    string               `json:"title"`           // of the story, when it was made
	Other    string               `json:"other,omitempty"` // of the other story
	Made     time.Time            `json:"made,omitzero"`   // UTC
	Undone   time.Time            `json:"undone,omitzero"` // UTC; zero while it holds
}

// Ref names an article: by the version that was seen, and by the address of its
// page, so that other versions of the page go with it.
type Ref struct {
	ID   string `json:"id"`
	URL  string `json:"url,omitempty"`
	Name string `json:"name"` // when the correction was made, for a reader
}

// Corrections returns all corrections by number, also those undone.
func (e Engine) Corrections(ctx context.Context) ([]Correction, error) {
	var out []Correction
	for kv, err := range e.Store.States(ctx, corrected) {
		if err != nil {
			return nil, err
		}
		var c Correction
		if err := json.Unmarshal(kv.Value, &c); err != nil {
			return nil, fmt.Errorf("correction %s: %w", kv.Key, err)
		}
		out = append(out, c)
	}
	return out, nil
}

// corrections are those that hold, by the names of this set.
func (e Engine) corrections(ctx context.Context, p *plan) ([]story.Correction, error) {
	kept, err := e.Corrections(ctx)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	byURL := map[string][]string{}
	for id, url := range p.urls {
		byURL[url] = append(byURL[url], p.names[id])
	}
	// The other versions of a page go where the page was put, but where a story
	// is only named by its articles they mean nothing.
	names := func(refs []Ref, pages bool) []string {
		var out []string
		for _, r := range refs {
			if n, known := p.names[r.ID]; known {
				out = append(out, n)
			}
			if pages && r.URL != "" {
				out = append(out, byURL[r.URL]...)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	var out []story.Correction
	for _, c := range kept {
		if c.Undone.IsZero() {
			out = append(out, story.Correction{
				Number: c.Number, Kind: c.Kind,
				Articles: names(c.Articles, c.Kind != story.Merge), Story: names(c.Story, false),
			})
		}
	}
	return out, nil
}

// Stories are the stories of everything in the store, with the corrections
// applied, and a way to name them.
type Stories struct {
	All  []news.Story // by their first date, then by ID
	plan plan
}

// Stories finds the stories without opening any.
func (e Engine) Stories(ctx context.Context) (Stories, error) {
	if err := e.Refresh(ctx); err != nil {
		return Stories{}, err
	}
	p, err := e.plan(ctx)
	if err != nil {
		return Stories{}, err
	}
	s := Stories{plan: p}
	for _, o := range p.threads {
		s.All = append(s.All, o.stories...)
	}
	slices.SortFunc(s.All, func(a, b news.Story) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	return s, nil
}

// Articles finds what a person calls an article: the address of a page (all
// its versions), a name, or a version ID or its beginning.
func (s Stories) Articles(called string) ([]Ref, error) {
	const shortest = 6 // of the beginning of an ID
	var byPage, byName, byID []Ref
	for id, name := range s.plan.names {
		r := Ref{id, s.plan.urls[id], name}
		switch {
		case r.URL != "" && strings.TrimSuffix(r.URL, "/") == strings.TrimSuffix(called, "/"):
			byPage = append(byPage, r)
		case name == called:
			byName = append(byName, r)
		case len(called) >= shortest && strings.HasPrefix(id, called):
			byID = append(byID, r)
		}
	}
	for _, found := range [...][]Ref{byPage, byName, byID} {
		if len(found) == 0 {
			continue
		}
		slices.SortFunc(found, func(a, b Ref) int { return cmp.Compare(a.Name, b.Name) })
		if len(byPage)+len(byName) == 0 && len(found) > 1 {
			return nil, fmt.Errorf("article %q: %d begin so, such as %s and %s; write more of it", called, len(found), found[0].ID, found[1].ID)
		}
		return found, nil
	}
	return nil, fmt.Errorf("no article %q in the store; name one by its address, its name or its ID, as story list prints them", called)
}

// Story finds what a person calls a story: its ID or the beginning of it, or
// an article in it.
func (s Stories) Story(called string) (news.Story, error) {
	var found []news.Story
	for _, x := range s.All {
		if x.ID == called || strings.TrimPrefix(x.ID, "story-") == called {
			return x, nil
		}
		if len(called) >= 4 && (strings.HasPrefix(x.ID, called) && len(called) > len("story-") || strings.HasPrefix(x.ID, "story-"+called)) {
			found = append(found, x)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
	default:
		return news.Story{}, fmt.Errorf("story %q: %d begin so; write more of it", called, len(found))
	}
	refs, err := s.Articles(called)
	if err != nil {
		return news.Story{}, fmt.Errorf("no story and no article %q in the store; story list prints them", called)
	}
	for i, r := range refs {
		x := s.of(r.Name)
		if i > 0 && x.ID != found[0].ID {
			return news.Story{}, fmt.Errorf("versions of %q stand in several stories; name one of %s and %s", called, found[0].ID, x.ID)
		}
		found = append(found[:0], x)
	}
	return found[0], nil
}

// of is the story in which an article stands.
func (s Stories) of(name string) news.Story {
	for _, x := range s.All {
		if slices.Contains(x.Documents, name) {
			return x
		}
	}
	return news.Story{}
}

// Refs names the articles of a story.
func (s Stories) Refs(x news.Story) []Ref {
	out := make([]Ref, len(x.Documents))
	for i, name := range x.Documents {
		id := s.plan.ids[name]
		out[i] = Ref{id, s.plan.urls[id], name}
	}
	return out
}

// Split is the correction by which articles are no part of a story.
func (s Stories) Split(from string, articles []string) (Correction, error) {
	x, err := s.Story(from)
	if err != nil {
		return Correction{}, err
	}
	c := Correction{Kind: story.Split, Title: x.Title}
	for _, a := range articles {
		refs, err := s.Articles(a)
		if err != nil {
			return c, err
		}
		refs = slices.DeleteFunc(refs, func(r Ref) bool { return !slices.Contains(x.Documents, r.Name) })
		if len(refs) == 0 {
			return c, fmt.Errorf("article %q is not in %s “%s”", a, x.ID, x.Title)
		}
		c.Articles = append(c.Articles, refs...)
	}
	c.Story = slices.DeleteFunc(s.Refs(x), func(r Ref) bool { return slices.ContainsFunc(c.Articles, func(a Ref) bool { return a.ID == r.ID }) })
	if len(c.Story) == 0 {
		return c, fmt.Errorf("these are all articles of %s “%s”: nothing would be left to part them from", x.ID, x.Title)
	}
	return c, nil
}

// Merge is the correction by which two stories are one.
func (s Stories) Merge(a, b string) (Correction, error) {
	x, err := s.Story(a)
	if err != nil {
		return Correction{}, err
	}
	y, err := s.Story(b)
	if err != nil {
		return Correction{}, err
	}
	if x.ID == y.ID {
		return Correction{}, fmt.Errorf("%s and %s are one story already: %s “%s”", a, b, x.ID, x.Title)
	}
	return Correction{Kind: story.Merge, Articles: s.Refs(y), Story: s.Refs(x), Title: x.Title, Other: y.Title}, nil
}

// Pin is the correction by which an article belongs to a story.
func (s Stories) Pin(article, to string) (Correction, error) {
	refs, err := s.Articles(article)
	if err != nil {
		return Correction{}, err
	}
	x, err := s.Story(to)
	if err != nil {
		return Correction{}, err
	}
	c := Correction{Kind: story.Pin, Articles: refs, Title: x.Title}
	c.Story = slices.DeleteFunc(s.Refs(x), func(r Ref) bool { return slices.ContainsFunc(refs, func(a Ref) bool { return a.ID == r.ID }) })
	if len(c.Story) == 0 {
		return c, fmt.Errorf("%q is all there is of %s “%s”: name the story to put it into", article, x.ID, x.Title)
	}
	return c, nil
}

// Likeness says how close two articles are, what they share and what keeps
// them apart.
func (e Engine) Likeness(ctx context.Context, s Stories, a, b Ref) (story.Score, error) {
	var both [2]story.D
	for i, r := range [...]Ref{a, b} {
		raw, err := e.Store.Derived(ctx, digests, r.ID)
		if err != nil {
			return story.Score{}, err
		}
		var x summary
		if err := summaries().Decode(raw, &x); err != nil {
			return story.Score{}, err
		}
		both[i] = x.Digest
		if d, known := s.plan.dates[r.Name]; known {
			both[i].Date = d.Value
		}
	}
	return story.Compare(both[0], both[1]), nil
}

// Correct keeps a correction and gives it its number.
func (e Engine) Correct(ctx context.Context, c Correction, now time.Time) (Correction, error) {
	return e.keepCorrection(ctx, func(kept []Correction) (Correction, error) {
		c.Number, c.Made = 1, now.UTC().Truncate(time.Second)
		if n := len(kept); n > 0 {
			c.Number = kept[n-1].Number + 1
		}
		return c, nil
	})
}

// Undo takes a correction back. It stays in the log.
func (e Engine) Undo(ctx context.Context, number int, now time.Time) (Correction, error) {
	return e.keepCorrection(ctx, func(kept []Correction) (Correction, error) {
		i := slices.IndexFunc(kept, func(c Correction) bool { return c.Number == number })
		if i < 0 {
			return Correction{}, fmt.Errorf("no correction %d; story log lists them", number)
		}
		c := kept[i]
		if !c.Undone.IsZero() {
			return c, fmt.Errorf("correction %d was undone before, on %s", number, c.Undone.Format(time.DateOnly))
		}
		c.Undone = now.UTC().Truncate(time.Second)
		return c, nil
	})
}

// keepCorrection keeps what is made of those that there are, in one transaction,
// so that two writers never take one number.
func (e Engine) keepCorrection(ctx context.Context, from func(kept []Correction) (Correction, error)) (Correction, error) {
	b, err := e.Store.Begin(ctx)
	if err != nil {
		return Correction{}, err
	}
	defer b.Rollback()
	kept, err := e.Corrections(ctx)
	if err != nil {
		return Correction{}, err
	}
	c, err := from(kept)
	if err != nil {
		return c, err
	}
	raw, err := json.Marshal(c)
	if err != nil {
		return c, err
	}
	if err := b.PutState(corrected, fmt.Sprintf("%08d", c.Number), raw); err != nil {
		return c, err
	}
	return c, b.Commit()
}
