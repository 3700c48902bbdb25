package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"

	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/annotate/timex"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/relate/corroborate"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
	"github.com/tracewire/tracewire/internal/relate/story"
	"github.com/tracewire/tracewire/internal/relate/timeline"
	"github.com/tracewire/tracewire/internal/store"
)

// Who is compared with whom, of the versions that share a blocking key. A key
// of few joins all of them. A report that hundreds of outlets took over has
// keys of as many: there each is compared with the earliest, of which one is
// the original, and with those next to it in time, which it may have been taken
// from. What more share is template text and joins nobody. So a version is
// compared with a bounded number of others, however many copies there are.
const (
	bucketLimit = 1024 // versions that share a key
	crowd       = 16   // up to here all are compared with all
	earliest    = 4
	next        = 8
	// enough is how many keys two must share to be compared. One is a sentence
	// that stands in many reports, or chance; single ones would chain all news
	// into one component. A copied paragraph of 300 letters has about four.
	enough = 2
	// rare is how many may share a key that is enough alone: a sentence that
	// few have is no saying of the trade.
	rare = 3
	// great is the number of versions from which on in one component the pairs
	// that share few keys are counted: a newsroom has its turns of phrase, and
	// the more it prints, the more of its texts have two of them in common. Of
	// pairs with fewer keys than strong each version keeps the closest alone,
	// and those that are among the closest of the other.
	great   = 1000
	strong  = 6
	closest = 4
)

// Thread is everything found on the stories that follow each other. Its
// versions are loaded with all layers.
type Thread struct {
	Versions  []*news.Version
	Relations news.Relations
	// Across is links to versions of this thread from versions of others:
	// an excerpt in a report on something else, a digest.
	Across []news.Link
}

// plan is the corpus before any thread is opened: who is in which thread, and
// when undated texts were written. It holds digests, no texts.
type plan struct {
	ids     map[string]string // Version.Name -> ID
	names   map[string]string // ID -> unique name
	seen    map[string]uint64 // ID -> summary.Seen
	urls    map[string]string // ID -> address of the page, if it has one
	dates   map[string]lineage.Dating
	written map[string]string // ID -> date of writing, of the text alone; undated ones come last
	credits map[string]lineage.Crediting
	// standing is what other pages tell of the lines of versions that were read
	// again, by ID.
	standing map[string][]news.Standing
	threads  []outline
}

// outline is a thread before it is opened.
type outline struct {
	members []string // names, sorted
	stories []news.Story
	steps   []news.Step
	across  []news.Link // to members, from versions of other threads
}

// Relate finds the threads of everything in the store and hands each to yield,
// largest first. only, if not nil, names the version IDs that somebody asked
// for: threads without any of them are left out. The threads in memory at a
// time hold few more versions than the largest one.
func (e Engine) Relate(ctx context.Context, only []string, yield func(Thread) error) error {
	if err := e.Refresh(ctx); err != nil {
		return err
	}
	p, err := e.plan(ctx)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, id := range only {
		wanted[p.names[id]] = true
	}
	threads := p.threads
	if only != nil {
		threads = slices.DeleteFunc(threads, func(o outline) bool {
			return !slices.ContainsFunc(o.members, func(n string) bool { return wanted[n] })
		})
	}
	return e.open(ctx, &p, threads, yield)
}

// tell tells of progress, if anybody listens.
func (e Engine) tell(stage string, done int) {
	if e.Progress != nil {
		e.Progress(stage, done)
	}
}

// aheadAtLeast is the number of versions that may be opened ahead when all
// threads are small.
const aheadAtLeast = 64

// open hands the threads to yield in order. Some are opened ahead on the other
// workers: as many as hold twice the versions of the largest one, which bounds
// the memory.
func (e Engine) open(ctx context.Context, p *plan, threads []outline, yield func(Thread) error) error {
	if len(threads) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type opened struct {
		thread Thread
		err    error
	}
	limit := max(2*len(threads[0].members), aheadAtLeast)
	slots := make(chan struct{}, e.workers())
	coming := make([]chan opened, len(threads))
	next, held, done := 0, 0, 0
	for i, now := range threads {
		for next < len(threads) && (held == 0 || held+len(threads[next].members) <= limit) {
			c := make(chan opened, 1)
			coming[next] = c
			go func(o outline) {
				slots <- struct{}{}
				defer func() { <-slots }()
				t, err := e.thread(ctx, p, o)
				c <- opened{t, err}
			}(threads[next])
			held += len(threads[next].members)
			next++
		}
		var o opened
		select {
		case o = <-coming[i]:
		case <-ctx.Done():
			return ctx.Err()
		}
		coming[i] = nil // nothing holds the thread after yield
		if o.err != nil {
			return o.err
		}
		if err := yield(o.thread); err != nil {
			return err
		}
		held -= len(now.members)
		if done += len(now.members); e.Progress != nil {
			e.Progress("relate", done)
		}
	}
	return nil
}

// plan reads the digests, compares what shares keys, and folds stories.
func (e Engine) plan(ctx context.Context) (plan, error) {
	p := plan{ids: map[string]string{}, written: map[string]string{}}
	ds := map[string]story.D{} // by ID
	p.seen, p.urls = map[string]uint64{}, map[string]string{}
	var raw []store.KeyValue
	decode := func() error {
		found, errs := make([]summary, len(raw)), make([]error, len(raw))
		e.parallel(len(raw), func(i int) { errs[i] = summaries().Decode(raw[i].Value, &found[i]) })
		for i, s := range found {
			id := raw[i].Key
			if errs[i] != nil {
				return fmt.Errorf("summary of %s: %w", id, errs[i])
			}
			if !e.AsOf.IsZero() && (s.Known == 0 || s.Known > e.AsOf.Unix()) {
				continue
			}
			ds[id], p.seen[id] = s.Digest, s.Seen
			if s.URL != "" {
				p.urls[id] = s.URL
			}
			p.written[id] = cmp.Or(s.Digest.Date, "~")
		}
		raw = raw[:0]
		return nil
	}
	for kv, err := range e.Store.DerivedAll(ctx, digests) {
		if err == nil {
			if raw = append(raw, kv); len(raw) == atOnce {
				err = decode()
			}
		}
		if err != nil {
			return p, err
		}
	}
	if err := decode(); err != nil {
		return p, err
	}
	p.nameAll(ds)
	links, err := e.copies(ctx, &p)
	if err != nil {
		return p, err
	}
	if err := e.readAgain(ctx, &p, ds, links); err != nil {
		return p, err
	}
	list := make([]story.D, 0, len(ds))
	for id, d := range ds {
		d.Name = p.names[id]
		if x, ok := p.dates[d.Name]; ok {
			d.Date, d.AnyYear = x.Value, false
		}
		list = append(list, d)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	corrections, err := e.corrections(ctx, &p)
	if err != nil {
		return p, err
	}
	e.tell("stories", 0)
	stories, steps, err := e.stories(ctx, &p, list, links, corrections)
	if err != nil {
		return p, err
	}
	e.tell("stories", len(stories))
	p.cut(stories, steps, links)
	return p, nil
}

// nameAll gives every version a name of its own: where two texts have one
// name, each gets the beginning of its ID as well, and all of it if need be.
func (p *plan) nameAll(ds map[string]story.D) {
	p.names = make(map[string]string, len(ds))
	for id, d := range ds {
		p.names[id] = d.Name
	}
	for _, n := range [...]int{8, 32} {
		count := make(map[string]int, len(ds))
		for _, name := range p.names {
			count[name]++
		}
		for id, name := range p.names {
			if count[name] > 1 {
				p.names[id] = ds[id].Name + "~" + id[:min(n, len(id))]
			}
		}
	}
	for id, name := range p.names {
		p.ids[name] = id
	}
}

// cut outlines the threads, the largest first, and notes the links that cross
// them.
func (p *plan) cut(stories []news.Story, steps []news.Step, links []news.Link) {
	at := map[string]int{} // thread -> place in p.threads
	of := map[string]int{} // name -> the same
	for _, s := range steps {
		i, known := at[s.Thread]
		if !known {
			i = len(p.threads)
			at[s.Thread] = i
			p.threads = append(p.threads, outline{})
		}
		o := &p.threads[i]
		o.steps = append(o.steps, s)
		o.members = append(o.members, s.Documents...)
		for _, d := range s.Documents {
			of[d] = i
		}
	}
	for _, s := range stories {
		if i, known := of[s.Documents[0]]; known {
			p.threads[i].stories = append(p.threads[i].stories, s)
		}
	}
	for _, l := range links {
		from, here := of[l.From]
		if to, known := of[l.To]; here && known && from != to {
			p.threads[to].across = append(p.threads[to].across, l)
		}
	}
	for i := range p.threads {
		slices.Sort(p.threads[i].members)
		p.threads[i].members = slices.Compact(p.threads[i].members)
	}
	slices.SortFunc(p.threads, func(x, y outline) int {
		return cmp.Or(cmp.Compare(len(y.members), len(x.members)), cmp.Compare(x.members[0], y.members[0]))
	})
}

// relatives is what was found in one component of versions that share keys.
type relatives struct {
	Print string // of the pairs, and of what their versions are made of
	Links []news.Link
	Dated []lineage.Dating
	// Credited is whose copy pages without a credit are.
	Credited []lineage.Crediting
}

// kin is the kind of derived value under which relatives are kept, by the
// smallest ID of the component.
const kin = "relatives/2"

// copies compares the versions that share blocking keys, one component at a
// time, and returns the links; p learns the dates and agencies that twins
// reveal. Components that are as they were are taken from the store.
func (e Engine) copies(ctx context.Context, p *plan) ([]news.Link, error) {
	components, err := e.components(ctx, p)
	if err != nil {
		return nil, err
	}
	e.tell("candidates", len(components))
	group := store.NewGroup(ctx, e.Store, 10*store.GroupSize)
	defer group.Rollback()
	var links []news.Link
	p.dates, p.credits = map[string]lineage.Dating{}, map[string]lineage.Crediting{}
	for done := 0; done < len(components); {
		some := components[done:min(done+atOnce, len(components))]
		found, fresh, errs := make([]relatives, len(some)), make([]bool, len(some)), make([]error, len(some))
		e.parallel(len(some), func(i int) { found[i], fresh[i], errs[i] = e.relatives(ctx, p, some[i]) })
		for i, r := range found {
			if errs[i] != nil {
				return nil, errs[i]
			}
			if fresh[i] {
				err := group.Do(func(b store.Batch) error { return b.PutDerived(kin, some[i][0].A, families().Encode(&r)) })
				if err != nil {
					return nil, err
				}
			}
			for _, d := range r.Dated {
				p.dates[d.Name] = d
			}
			for _, c := range r.Credited {
				p.credits[c.Name] = c
			}
			links = append(links, r.Links...)
		}
		done += len(some)
		e.tell("compare", done)
	}
	return links, group.Flush()
}

// atOnce is the number of components, of digests, and of pages that are read again,
// between two looks at what was found.
const atOnce = 128

// relatives looks a component up, or compares it; then it is fresh. What is
// kept by the name of a component that has grown into another does no harm: it
// is used only where all that it was made of is the same.
func (e Engine) relatives(ctx context.Context, p *plan, pairs []store.Pair) (r relatives, fresh bool, err error) {
	first, now := pairs[0].A, p.print(pairs)
	switch kept, err := e.Store.Derived(ctx, kin, first); {
	case err == nil:
		if err := families().Decode(kept, &r); err != nil {
			return r, false, fmt.Errorf("relatives of %s: %w", first, err)
		}
		if r.Print == now {
			return r, false, nil
		}
	case !errors.Is(err, store.ErrNotFound):
		return r, false, err
	}
	vs, overlaps, err := e.compare(ctx, p, pairs)
	if err != nil {
		return r, false, err
	}
	r = relatives{Print: now, Dated: lineage.Date(vs, overlaps, fitting(vs))}
	at := map[string]lineage.Dating{}
	for _, d := range r.Dated {
		at[d.Name] = d
	}
	for _, v := range vs {
		if d, ok := at[v.Name]; ok {
			v.Meta.Published = datedBy(d)
		}
	}
	r.Links, r.Credited = lineage.Find(vs, overlaps)
	return r, true, nil
}

// print changes when anything does that the relatives in pairs depend on.
func (p *plan) print(pairs []store.Pair) string {
	h := sha256.New()
	var line []byte
	known := map[string]bool{}
	version := func(id string) {
		if !known[id] {
			known[id] = true
			line = fmt.Appendf(line, "%x %s\n", p.seen[id], p.names[id])
		}
	}
	for _, k := range pairs { // sorted
		line = append(append(append(append(line[:0], k.A...), ' '), k.B...), '\n')
		version(k.A)
		version(k.B)
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// components lists the pairs of versions that share a blocking key, put
// together by component. Keys that too many versions hold are template text.
func (e Engine) components(ctx context.Context, p *plan) ([][]store.Pair, error) {
	ids := slices.SortedFunc(maps.Keys(p.names), func(a, b string) int {
		return cmp.Or(cmp.Compare(p.written[a], p.written[b]), cmp.Compare(a, b))
	})
	place := make(map[string]int32, len(ids))
	root := make([]int32, len(ids))
	for i, id := range ids {
		place[id], root[i] = int32(i), int32(i)
	}
	find := func(i int32) int32 {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	// The list of pairs is most of what a run remembers of the whole corpus.
	var pairs []met
	const tidy = 1 << 20 // pairs between two clean-ups
	limit := tidy
	numbers, err := e.Store.Numbers(ctx)
	if err != nil {
		return nil, err
	}
	placeOf := make([]int32, len(numbers)) // by number
	for n, id := range numbers {
		placeOf[n] = -1
		if i, known := place[id]; known { // or it came in after the digests were read
			placeOf[n] = i
		}
	}
	var members []int32
	for b, err := range e.Store.SharedBuckets(ctx, bucketLimit) {
		if err != nil {
			return nil, err
		}
		if b.More {
			continue
		}
		members = members[:0]
		for _, n := range b.Numbers {
			if int(n) < len(placeOf) && placeOf[n] >= 0 {
				members = append(members, placeOf[n])
			}
		}
		slices.Sort(members)
		weight := int32(1)
		if len(members) <= rare {
			weight = enough
		}
		join(members, func(x, y int32) { pairs = append(pairs, met{x, y, weight}) })
		if len(pairs) > limit {
			pairs = once(pairs)
			limit = 2*len(pairs) + tidy
		}
	}
	pairs = once(pairs)
	for _, m := range pairs {
		if m.keys >= enough {
			x, y := find(m.a), find(m.b)
			root[max(x, y)] = min(x, y)
		}
	}
	// One key makes nobody kin, but among kin it may be words that both quote.
	pairs = slices.DeleteFunc(pairs, func(m met) bool { return m.keys < enough && find(m.a) != find(m.b) })
	size := make([]int32, len(ids)) // of the component, by its root
	for i := range ids {
		size[find(int32(i))]++
	}
	pairs = fewWeak(pairs, len(ids), func(m met) bool { return size[find(m.a)] > great })
	at := map[int32]int{} // root -> place in out
	var out [][]store.Pair
	for _, m := range pairs {
		r := find(m.a)
		i, known := at[r]
		if !known {
			i = len(out)
			at[r] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], store.PairOf(ids[m.a], ids[m.b]))
	}
	for _, pairs := range out { // the first names the component by its least ID
		slices.SortFunc(pairs, func(x, y store.Pair) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	}
	return out, nil
}

// join hands on the pairs to be compared of the versions that share a key, in
// the order of time.
func join(members []int32, pair func(x, y int32)) {
	reach, first := len(members), 0
	if len(members) > crowd {
		reach, first = next, earliest
	}
	for i, x := range members {
		for _, y := range members[i+1 : min(len(members), i+1+reach)] {
			pair(x, y)
		}
		for _, y := range members[:max(0, min(first, i-reach))] {
			pair(y, x)
		}
	}
}

// fewWeak leaves out the weak pairs, of versions by their places up to n in
// components that are great, that are among the closest of neither. Closest are
// those with most keys, then those next in time. pairs is sorted and stays so.
func fewWeak(pairs []met, n int, great func(met) bool) []met {
	weak := func(m met) bool { return m.keys < strong && great(m) }
	begin := make([]int32, n+2) // of the weak pairs of a version, in of
	for _, m := range pairs {
		if weak(m) {
			begin[m.a+2]++
			begin[m.b+2]++
		}
	}
	for i := range n {
		begin[i+2] += begin[i+1]
	}
	of := make([]int32, begin[n+1]) // places in pairs, by version
	for i, m := range pairs {
		if weak(m) {
			for _, v := range [...]int32{m.a, m.b} {
				of[begin[v+1]] = int32(i)
				begin[v+1]++
			}
		}
	}
	keep := make([]bool, len(pairs))
	for v := range n {
		own := of[begin[v]:begin[v+1]]
		if len(own) > closest {
			slices.SortFunc(own, func(i, j int32) int {
				x, y := pairs[i], pairs[j]
				return cmp.Or(cmp.Compare(y.keys, x.keys), cmp.Compare(x.b-x.a, y.b-y.a), cmp.Compare(i, j))
			})
			own = own[:closest]
		}
		for _, i := range own {
			keep[i] = true
		}
	}
	out := pairs[:0]
	for i, m := range pairs {
		if keep[i] || !weak(m) {
			out = append(out, m)
		}
	}
	return out
}

// met is two versions, by their places in time, that share so many keys.
type met struct{ a, b, keys int32 }

// once sorts pairs and adds up the keys of doubles.
func once(pairs []met) []met {
	slices.SortFunc(pairs, func(x, y met) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	out := pairs[:0]
	for _, m := range pairs {
		if n := len(out); n > 0 && out[n-1].a == m.a && out[n-1].b == m.b {
			out[n-1].keys += m.keys
		} else {
			out = append(out, m)
		}
	}
	return out
}

// compare returns the versions of one component and the overlaps of its pairs.
// What is found is not kept pair by pair: looking an overlap up costs more than
// finding it again, and a component is only compared when it has changed.
// While they are compared versions go by their IDs, since names may change when
// another text of the same name comes in.
func (e Engine) compare(ctx context.Context, p *plan, pairs []store.Pair) ([]*news.Version, []news.Overlap, error) {
	near, err := e.load(ctx, pairs)
	if err != nil {
		return nil, nil, err
	}
	out := slices.DeleteFunc(e.overlaps(p, near, pairs), func(o news.Overlap) bool { return len(o.Passages) == 0 })
	vs := make([]*news.Version, 0, len(near))
	for id, v := range near {
		v.Name = p.names[id]
		vs = append(vs, v)
	}
	sort.Slice(vs, func(i, j int) bool { return vs[i].Name < vs[j].Name })
	return vs, out, nil
}

// load returns the versions in pairs by their IDs, which are their names too.
// They have the layers of an outline: words, sentences and claims are most of
// a version and nothing to reuse and lineage, and a component may be large.
func (e Engine) load(ctx context.Context, pairs []store.Pair) (map[string]*news.Version, error) {
	near := map[string]*news.Version{}
	var ids []string
	for _, k := range pairs {
		for _, id := range []string{k.A, k.B} {
			if _, known := near[id]; !known {
				near[id] = nil
				ids = append(ids, id)
			}
		}
	}
	vs, errs := make([]*news.Version, len(ids)), make([]error, len(ids))
	e.parallel(len(ids), func(i int) { vs[i], errs[i] = e.version(ctx, ids[i], e.Store.Outline) })
	for i, v := range vs {
		if errs[i] != nil {
			return nil, errs[i]
		}
		v.Name, near[v.ID] = v.ID, v
	}
	return near, nil
}

// overlaps compares the pairs, each version read once. They come out under the
// names of this set.
func (e Engine) overlaps(p *plan, near map[string]*news.Version, pairs []store.Pair) []news.Overlap {
	ids := slices.Collect(maps.Keys(near))
	at, names := make(map[string]int32, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		at[id], names[i] = int32(i), p.names[id]
	}
	ready := make([]reuse.Prepared, len(ids))
	e.parallel(len(ids), func(i int) { ready[i] = reuse.Prepare(near[ids[i]]) })
	out := make([]news.Overlap, len(pairs))
	e.parallel((len(pairs)+inARow-1)/inARow, func(k int) {
		var comparer reuse.Comparer
		a, b := int32(0), int32(0)
		for i := k * inARow; i < min(len(pairs), (k+1)*inARow); i++ {
			if i == k*inARow || pairs[i].A != pairs[i-1].A { // they are sorted
				a = at[pairs[i].A]
			}
			b = at[pairs[i].B]
			if o, ok := comparer.Compare(ready[a], ready[b]); ok {
				out[i] = withNames(o, names[a], names[b])
			}
		}
	})
	return out
}

// inARow is how many pairs one worker compares in a row.
const inARow = 64

// parallel calls f for 0 to n-1 on all workers.
func (e Engine) parallel(n int, f func(i int)) { relate.Among(e.workers(), n, f) }

// withNames puts the names of this set in the place of IDs; the side with the
// smaller name comes first. The overlap is nobody else's yet.
func withNames(o news.Overlap, a, b string) news.Overlap {
	o.A, o.B = a, b
	if o.A <= o.B {
		return o
	}
	o.A, o.B = o.B, o.A
	o.ProseA, o.ProseB, o.WholeA, o.WholeB = o.ProseB, o.ProseA, o.WholeB, o.WholeA
	for i, x := range o.Passages {
		o.Passages[i].A, o.Passages[i].B = x.B, x.A
	}
	slices.SortFunc(o.Passages, func(x, y news.Passage) int { return cmp.Compare(x.A.Start, y.A.Start) })
	return o
}

// fitting asks the header of a version whether a date of writing fits.
func fitting(vs []*news.Version) func(name, date string) bool {
	by := map[string]*news.Version{}
	for _, v := range vs {
		by[v.Name] = v
	}
	return func(name, date string) bool {
		v := by[name]
		return v != nil && header.WeekdayFits(v.Text, v.Lines.Items, date)
	}
}

func datedBy(d lineage.Dating) news.Sourced {
	return news.Sourced{Value: d.Value, From: "twin", Why: d.Why}
}

// Redate gives a version the date that a twin revealed: everything that hangs
// on the date of writing is found again.
func Redate(v *news.Version, d lineage.Dating) {
	v.Meta.Published = datedBy(d)
	v.Meta.Dates = slices.Clone(v.Meta.Dates)
	for i := range v.Meta.Dates {
		if c := &v.Meta.Dates[i]; c.Accepted && c.Value != d.Value {
			c.Accepted, c.Note = false, fmt.Sprintf("the same text was out on %s (%s)", d.Value, d.Twin)
		}
	}
	v.Meta.Dates = append(v.Meta.Dates, news.DateCandidate{
		From: "twin", Value: d.Value, Role: "published", Accepted: true, Note: d.Note, Why: d.Why,
	})
	v.Timexes = timex.Resolve(v, d.Value)
	statements(v)
}

// Recredit gives a version without a credit the agency that a twin credits:
// who vouches for its statements is found again.
func Recredit(v *news.Version, c lineage.Crediting) {
	v.Meta.Agency = news.Sourced{Value: c.Agency, From: "twin", Why: c.Why}
	statements(v)
}

// statements finds again what hangs on date and agency.
func statements(v *news.Version) {
	v.Quotes, v.Attitudes = quote.Find(v)
	v.Claims = claim.Find(v)
}

// dated is the final reading of a version, with the date and the agency that
// twins revealed.
func (e Engine) dated(ctx context.Context, p *plan, name string) (*news.Version, error) {
	v, err := e.finalReading(ctx, p, p.ids[name])
	if err != nil {
		return nil, err
	}
	v.Name = name
	if d, ok := p.dates[name]; ok {
		Redate(v, d)
	}
	if c, ok := p.credits[name]; ok {
		Recredit(v, c)
	}
	return v, nil
}

// thread opens one thread and folds everything in it.
func (e Engine) thread(ctx context.Context, p *plan, o outline) (Thread, error) {
	t := Thread{Across: o.across, Versions: make([]*news.Version, len(o.members))}
	errs := make([]error, len(o.members))
	relate.Each(len(o.members), func(i int) { t.Versions[i], errs[i] = e.dated(ctx, p, o.members[i]) })
	if err := errors.Join(errs...); err != nil {
		return t, err
	}
	r := &t.Relations
	r.Overlaps = reuse.CompareAll(t.Versions)
	r.Links = lineage.Fold(t.Versions, r.Overlaps)
	r.Stories, r.Thread = o.stories, o.steps
	r.Groups, r.Tensions = corroborate.Fold(t.Versions, r.Overlaps, r.Links)
	r.Timeline = timeline.Fold(t.Versions, r.Groups)
	return t, nil
}
