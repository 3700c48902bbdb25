// Package storetest is the conformance suite of stores: every store passes
// Run, and callers may rely on what it checks.
package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/text"
)

// Run checks a store. open returns a new, empty one.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, store.Store)
	}{
		{"what was put comes back", testRoundTrip},
		{"nothing is there at first", testEmpty},
		{"putting again changes nothing", testPutAgain},
		{"the earliest sighting stays", testSightings},
		{"a batch that is not committed is not there", testRollback},
		{"readers do not see the open batch", testIsolation},
		{"batches wait for each other", testOneWriter},
		{"a version needs its capture", testMissing},
		{"odd IDs are refused", testBadID},
		{"quarantine", testQuarantine},
		{"versions come by ID", testVersions},
		{"writing while reading", testWriteWhileReading},
		{"versions of an article", testArticle},
		{"layers and pending versions", testLayers},
		{"buckets", testBuckets},
		{"shared buckets", testSharedBuckets},
		{"keys of many batches", testManyBatches},
		{"overlaps", testOverlaps},
		{"derived values and cursors", testDerived},
		{"dropping what is derived", testDropDerived},
		{"state stays", testState},
		{"a group commits in batches", testGroup},
		{"the order of puts does not show", testOrder},
		{"a cancelled context stops", testCancelled},
		{"what was put cannot be changed from outside", testAliasing},
		{"a closed store says so", testClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() { s.Close() })
			c.test(t, s)
		})
	}
}

// Item makes a capture and a version of an invented text.
func Item(n int) (news.Capture, news.Version) {
	body := fmt.Sprintf("PORT AMBRY — Ferry service %d resumed on Monday, the harbour office said.\nNo one was hurt.\n", n)
	sum := sha256.Sum256([]byte(body))
	id := sha256.Sum256(append(sum[:], 'v'))
	c := news.Capture{
		ID: hex.EncodeToString(sum[:]), Raw: []byte(body), Path: fmt.Sprintf("in/%d.txt", n), URL: fmt.Sprintf("https://ambry.example/%d", n),
		Outlet: "Ambry Post", Fetched: time.Date(2031, 5, 6, 7, 8, 9, 10, time.UTC),
	}
	return c, news.Version{
		ID: hex.EncodeToString(id[:16]), Name: fmt.Sprint(n), Capture: c.ID, Text: body,
		Given: news.Given{
			URL: c.URL, Outlet: c.Outlet, Headline: "Ferries are back", Bylines: []string{"Ola Brandt"}, Language: "en", Fetched: c.Fetched,
			Dates: []news.GivenDate{{From: "json-ld", Role: "published", Value: "2031-05-06"}},
		},
	}
}

func testRoundTrip(t *testing.T, s store.Store) {
	c, v := Item(1)
	page, w := Item(2)
	page.Raw = []byte("<p>" + w.Text)
	page.ID = hash(page.Raw)
	page.Fetched = time.Time{}
	w.Capture, w.Given = page.ID, news.Given{}
	put(t, s, func(b store.Batch) {
		for _, c := range []news.Capture{c, page} {
			added(t, true)(b.PutCapture(c))
		}
		for _, v := range []news.Version{v, w} {
			added(t, true)(b.PutVersion(v))
		}
	})
	same(t, c)(s.Capture(bg, c.ID))
	same(t, page)(s.Capture(bg, page.ID))
	same(t, v)(s.Version(bg, v.ID))
	same(t, w)(s.Version(bg, w.ID))
	same(t, store.Count{Captures: 2, Versions: 2})(s.Count(bg))
}

func testEmpty(t *testing.T, s store.Store) {
	_, v := Item(1)
	_, err := s.Capture(bg, v.Capture)
	is(t, store.ErrNotFound, err)
	_, err = s.Version(bg, v.ID)
	is(t, store.ErrNotFound, err)
	is(t, store.ErrNotFound, s.Layers(bg, "all/1", &v))
	_, err = s.Overlap(bg, store.Pair{A: "aa", B: "bb"})
	is(t, store.ErrNotFound, err)
	_, err = s.Derived(bg, "story", "x")
	is(t, store.ErrNotFound, err)
	same(t, "")(s.Cursor(bg, "relate"))
	same(t, 0)(length(all(t, s.Versions(bg))), nil)
	same(t, 0)(length(all(t, s.Pending(bg, "all/1"))), nil)
	same(t, 0)(length(all(t, s.SharedBuckets(bg, 9))), nil)
	same(t, 0)(length(all(t, s.Overlaps(bg))), nil)
	same(t, 0)(length(all(t, s.Buckets(bg, []uint64{1, 2}, 9))), nil)
	same(t, store.Count{})(s.Count(bg))
}

func testPutAgain(t *testing.T, s store.Store) {
	c, v := Item(1)
	changed, other := c, v
	changed.Path, changed.Outlet = "elsewhere", "Elsewhere"
	other.Name, other.Given.Headline = "elsewhere", "Elsewhere"
	put(t, s, func(b store.Batch) {
		added(t, true)(b.PutCapture(c))
		added(t, false)(b.PutCapture(changed))
		added(t, true)(b.PutVersion(v))
		added(t, false)(b.PutVersion(other))
	})
	put(t, s, func(b store.Batch) {
		added(t, false)(b.PutCapture(changed))
		added(t, false)(b.PutVersion(other))
		added(t, false)(b.PutQuarantined(store.Quarantined{Capture: c, Reason: "no"}))
	})
	same(t, c)(s.Capture(bg, c.ID))
	same(t, v)(s.Version(bg, v.ID))
	same(t, store.Count{Captures: 1, Versions: 1})(s.Count(bg))
}

// Whichever of two sightings comes first, the same one stays, and nothing that
// was found on the other.
func testSightings(t *testing.T, s store.Store) {
	putAll(t, s, 3)
	_, later := Item(1)
	_, two := Item(2)
	c := news.Capture{ID: hash([]byte("seen before")), Raw: []byte("seen before")}
	earlier := later
	earlier.Capture, earlier.Name, earlier.Given.Headline = c.ID, "a longer name", "Ferries"
	earlier.Given.Fetched = later.Given.Fetched.Add(-time.Hour)
	undated := later
	undated.Given.Fetched = time.Time{}
	pair := store.PairOf(later.ID, two.ID)
	put(t, s, func(b store.Batch) {
		ok(t, b.PutLayers("all/1", &later))
		ok(t, b.PutKeys(later.ID, []uint64{1, 2}))
		ok(t, b.PutKeys(two.ID, []uint64{1, 2}))
		ok(t, b.PutOverlap(pair, news.Overlap{A: pair.A, B: pair.B}))
		added(t, false)(b.PutVersion(undated)) // changes nothing
	})
	same(t, store.Count{Captures: 3, Versions: 3, Layers: 1, Overlaps: 1})(s.Count(bg))
	put(t, s, func(b store.Batch) {
		ok(t, b.PutKeys(later.ID, []uint64{3}))
		added(t, true)(b.PutCapture(c))
		added(t, false)(b.PutVersion(earlier))
		added(t, false)(b.PutVersion(later))
		ok(t, b.PutKeys(later.ID, []uint64{2}))
	})
	same(t, earlier)(s.Version(bg, later.ID))
	same(t, store.Count{Captures: 4, Versions: 3})(s.Count(bg))
	same(t, 0)(length(all(t, s.OverlapsOf(bg, two.ID))), nil)
	ids := []string{pair.A, pair.B}
	same(t, []bucket{{1, []string{two.ID}, false}, {2, ids, false}})(lookUp(t, s, []uint64{1, 2, 3}, 9), nil)
}

func testRollback(t *testing.T, s store.Store) {
	c, v := Item(1)
	b := begin(t, s)
	added(t, true)(b.PutCapture(c))
	added(t, true)(b.PutVersion(v))
	ok(t, b.PutLayers("all/1", &v))
	ok(t, b.PutKeys(v.ID, []uint64{7}))
	ok(t, b.PutDerived("story", "x", []byte("y")))
	ok(t, b.SetCursor("relate", "7"))
	ok(t, b.Rollback())
	ok(t, b.Rollback())
	if _, err := b.PutCapture(c); err == nil {
		t.Error("a put after Rollback succeeded")
	}
	testEmpty(t, s)

	b = begin(t, s)
	added(t, true)(b.PutCapture(c))
	ok(t, b.Commit())
	ok(t, b.Rollback()) // does nothing
	same(t, c)(s.Capture(bg, c.ID))
}

func testIsolation(t *testing.T, s store.Store) {
	c, v := Item(1)
	b := begin(t, s)
	defer b.Rollback()
	added(t, true)(b.PutCapture(c))
	added(t, true)(b.PutVersion(v))
	same(t, store.Count{})(s.Count(bg))
	ok(t, b.Commit())
	same(t, store.Count{Captures: 1, Versions: 1})(s.Count(bg))
}

func testOneWriter(t *testing.T, s store.Store) {
	b := begin(t, s)
	ctx, cancel := context.WithTimeout(bg, 20*time.Millisecond)
	defer cancel()
	if _, err := s.Begin(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second batch: got %v, want a deadline exceeded", err)
	}
	ok(t, b.Rollback())
	ok(t, begin(t, s).Rollback())
}

func testMissing(t *testing.T, s store.Store) {
	c, v := Item(1)
	_, other := Item(2)
	fails := func(want error, f func(store.Batch) error) {
		t.Helper()
		b := begin(t, s)
		defer b.Rollback()
		is(t, want, f(b))
	}
	fails(store.ErrNotFound, func(b store.Batch) error { _, err := b.PutVersion(v); return err })
	fails(store.ErrNotFound, func(b store.Batch) error { return b.PutLayers("all/1", &v) })
	fails(store.ErrNotFound, func(b store.Batch) error { return b.PutKeys(v.ID, []uint64{1}) })
	putAll(t, s, 2)
	fails(store.ErrNotFound, func(b store.Batch) error {
		return b.PutOverlap(store.PairOf(v.ID, other.ID), news.Overlap{})
	})
	same(t, c)(s.Capture(bg, c.ID))
}

func testBadID(t *testing.T, s store.Store) {
	c, v := Item(1)
	for _, id := range []string{"", "abc", "ABCD", "xy", "ab cd"} {
		c.ID, v.ID = id, id
		b := begin(t, s)
		if _, err := b.PutCapture(c); err == nil {
			t.Errorf("a capture with the ID %q was taken", id)
		}
		if _, err := b.PutVersion(v); err == nil {
			t.Errorf("a version with the ID %q was taken", id)
		}
		ok(t, b.Rollback())
	}
	b := begin(t, s)
	defer b.Rollback()
	if err := b.PutOverlap(store.Pair{A: "bb", B: "aa"}, news.Overlap{}); err == nil || errors.Is(err, store.ErrNotFound) {
		t.Errorf("a pair out of order: got %v, want an error that says so", err)
	}
}

func testQuarantine(t *testing.T, s store.Store) {
	c, v := Item(1)
	q := store.Quarantined{Capture: c, Where: "pages.jsonl:12", Reason: "no text was found"}
	put(t, s, func(b store.Batch) { added(t, true)(b.PutQuarantined(q)) })
	put(t, s, func(b store.Batch) { added(t, false)(b.PutQuarantined(q)) })
	same(t, []store.Quarantined{q})(all(t, s.Quarantined(bg)), nil)
	same(t, 0)(length(all(t, s.Captures(bg))), nil)
	same(t, store.Count{Quarantined: 1})(s.Count(bg))
	_, err := s.Capture(bg, c.ID)
	is(t, store.ErrNotFound, err)
	b := begin(t, s)
	_, err = b.PutVersion(v)
	is(t, store.ErrNotFound, err)
	ok(t, b.Rollback())
	put(t, s, func(b store.Batch) { // a better reader came
		added(t, true)(b.PutCapture(c))
		added(t, true)(b.PutVersion(v))
	})
	same(t, 0)(length(all(t, s.Quarantined(bg))), nil)
	same(t, []news.Capture{c})(all(t, s.Captures(bg)), nil)
	same(t, c)(s.Capture(bg, c.ID))
	same(t, store.Count{Captures: 1, Versions: 1})(s.Count(bg))
}

func testVersions(t *testing.T, s store.Store) {
	const n = 300 // more than any page of rows
	putAll(t, s, n)
	got := all(t, s.Versions(bg))
	same(t, n)(len(got), nil)
	for i := 1; i < len(got); i++ {
		if got[i-1].ID >= got[i].ID {
			t.Fatalf("%s comes before %s", got[i-1].ID, got[i].ID)
		}
	}
	seen := 0
	for range s.Versions(bg) {
		if seen++; seen == 3 {
			break
		}
	}
	same(t, 3)(seen, nil)
}

func testWriteWhileReading(t *testing.T, s store.Store) {
	putAll(t, s, 150)
	n := 0
	for v, err := range s.Versions(bg) {
		ok(t, err)
		put(t, s, func(b store.Batch) { ok(t, b.PutLayers("all/1", &v)) })
		ok(t, s.Layers(bg, "all/1", &v))
		n++
	}
	same(t, 150)(n, nil)
}

func testArticle(t *testing.T, s store.Store) {
	putAll(t, s, 3)
	_, v := Item(0)
	c, w := Item(9)
	w.Given.URL = v.Given.URL
	put(t, s, func(b store.Batch) {
		added(t, true)(b.PutCapture(c))
		added(t, true)(b.PutVersion(w))
	})
	p := store.PairOf(v.ID, w.ID)
	same(t, []string{p.A, p.B})(s.ArticleVersions(bg, store.ArticleOf(&v)))
	none, err := s.ArticleVersions(bg, store.Article{Outlet: "Nobody"})
	same(t, 0)(len(none), err)
}

func testLayers(t *testing.T, s store.Store) {
	putAll(t, s, 3)
	vs := all(t, s.Versions(bg))
	v := vs[1]
	v.Tokens = []news.Token{{Span: text.Span{Start: 3, End: 9}, Lower: "ferry", Tag: news.Noun}}
	v.Lines = news.Layer[news.Line]{By: "header/1", Items: []news.Line{{Number: 1, Label: news.Body, Why: news.Why{Rule: "body.default", Confidence: 0.7}}}}
	v.Meta.Dateline = &news.Dateline{Place: "PORT AMBRY"}
	put(t, s, func(b store.Batch) { ok(t, b.PutLayers("all/1", &v)) })
	got, err := s.Version(bg, v.ID)
	ok(t, err)
	same(t, vs[1])(got, nil)
	same(t, v)(got, s.Layers(bg, "all/1", &got))
	outline := v
	outline.Tokens = nil
	got, _ = s.Version(bg, v.ID)
	ok(t, s.Outline(bg, "all/1", &got))
	same(t, outline)(got, nil)
	is(t, store.ErrNotFound, s.Outline(bg, "all/2", &got))
	got, _ = s.Version(bg, v.ID)
	ok(t, s.Layers(bg, "all/1", &got))
	same(t, v)(got, nil)

	same(t, []string{vs[0].ID, vs[2].ID})(ids(all(t, s.Pending(bg, "all/1"))), nil)
	same(t, 3)(length(all(t, s.Pending(bg, "all/2"))), nil)
	is(t, store.ErrNotFound, s.Layers(bg, "all/2", &got))

	v.Tokens[0].Lower = "boat"
	put(t, s, func(b store.Batch) { ok(t, b.PutLayers("all/2", &v)) })
	ok(t, s.Layers(bg, "all/2", &got))
	same(t, "boat")(got.Tokens[0].Lower, nil)
	is(t, store.ErrNotFound, s.Layers(bg, "all/1", &got))
	same(t, store.Count{Captures: 3, Versions: 3, Layers: 1})(s.Count(bg))
}

func testBuckets(t *testing.T, s store.Store) {
	putAll(t, s, 5)
	vs := ids(all(t, s.Versions(bg)))
	keys := []uint64{1, 1 << 63, ^uint64(0), 5, 6, 7, 8, 9, 10, 11, 12}
	put(t, s, func(b store.Batch) {
		for _, i := range []int{4, 0, 2} {
			ok(t, b.PutKeys(vs[i], keys))
			ok(t, b.PutKeys(vs[i], keys[:3])) // again
		}
		ok(t, b.PutKeys(vs[1], []uint64{5}))
		ok(t, b.PutKeys(vs[1], nil))
	})
	same(t, []bucket{
		{5, nil, true},
		{1 << 63, []string{vs[0], vs[2], vs[4]}, false},
		{^uint64(0), []string{vs[0], vs[2], vs[4]}, false},
	})(lookUp(t, s, []uint64{^uint64(0), 99, 5, 1 << 63}, 3), nil)
}

func testSharedBuckets(t *testing.T, s store.Store) {
	putAll(t, s, 3)
	vs := ids(all(t, s.Versions(bg)))
	put(t, s, func(b store.Batch) {
		var many []uint64
		for k := range uint64(600) {
			many = append(many, k*0x9e3779b97f4a7c15)
		}
		ok(t, b.PutKeys(vs[0], append(many, 3)))
		ok(t, b.PutKeys(vs[1], many))
		ok(t, b.PutKeys(vs[2], []uint64{0, 4}))
	})
	got := shared(t, s, 2)
	same(t, 600)(len(got), nil)
	same(t, bucket{0, nil, true})(got[0], nil)
	for i := 1; i < len(got); i++ {
		if got[i-1].Key >= got[i].Key {
			t.Fatalf("key %x comes before %x", got[i-1].Key, got[i].Key)
		}
		same(t, vs[:2])(got[i].IDs, nil)
	}
	for range s.SharedBuckets(bg, 2) {
		break // and nothing is left open
	}
	put(t, s, func(b store.Batch) { ok(t, b.PutKeys(vs[2], []uint64{5})) })
}

// Keys come out the same however many batches they came in: enough of them
// that a store that keeps them by batches has to put some together.
func testManyBatches(t *testing.T, s store.Store) {
	const versions, keys = 90, 300
	putAll(t, s, versions)
	vs := ids(all(t, s.Versions(bg)))
	want := map[uint64][]string{}
	for i, v := range vs {
		put(t, s, func(b store.Batch) {
			var list []uint64
			for k := range uint64(keys) {
				key := (k + uint64(i)*keys/3) % 7000 * 0x9e3779b97f4a7c15 // a key is that of few
				list = append(list, key)
				want[key] = append(want[key], v)
			}
			ok(t, b.PutKeys(v, list))
		})
	}
	forgotten := vs[7] // an earlier sighting takes its place
	put(t, s, func(b store.Batch) {
		v, err := s.Version(bg, forgotten)
		ok(t, err)
		v.Given.Fetched = v.Given.Fetched.Add(-time.Hour)
		added(t, false)(b.PutVersion(v))
	})
	n, asked := 0, []uint64{}
	for key, list := range want {
		list = slices.DeleteFunc(list, func(v string) bool { return v == forgotten })
		want[key] = list
		if len(list) > 1 {
			n++
		}
		asked = append(asked, key)
	}
	got := shared(t, s, 40)
	same(t, n)(len(got), nil)
	for _, b := range got {
		same(t, want[b.Key])(b.IDs, nil)
	}
	for _, b := range lookUp(t, s, asked, 40) {
		same(t, want[b.Key])(b.IDs, nil)
	}
}

// bucket is store.Bucket with IDs, sorted.
type bucket struct {
	Key  uint64
	IDs  []string
	More bool
}

func named(t *testing.T, s store.Store, b store.Bucket) bucket {
	t.Helper()
	numbers, err := s.Numbers(bg)
	ok(t, err)
	out := bucket{Key: b.Key, More: b.More}
	for _, n := range b.Numbers {
		out.IDs = append(out.IDs, numbers[n])
	}
	slices.Sort(out.IDs)
	return out
}

func lookUp(t *testing.T, s store.Store, keys []uint64, limit int) (out []bucket) {
	t.Helper()
	for b, err := range s.Buckets(bg, keys, limit) {
		ok(t, err)
		out = append(out, named(t, s, b))
	}
	return out
}

func shared(t *testing.T, s store.Store, limit int) (out []bucket) {
	t.Helper()
	for b, err := range s.SharedBuckets(bg, limit) {
		ok(t, err)
		b.Numbers = slices.Clone(b.Numbers)
		out = append(out, named(t, s, b))
	}
	return out
}

func testOverlaps(t *testing.T, s store.Store) {
	putAll(t, s, 3)
	vs := ids(all(t, s.Versions(bg)))
	o := news.Overlap{
		A: "1", B: "2", ProseA: 0.5, WholeB: 0.25, Why: news.Why{Rule: "reuse.seed"},
		Passages: []news.Passage{{A: text.Span{Start: 1, End: 9}, B: text.Span{Start: 4, End: 12}, Kind: news.Prose}},
	}
	ab, ac, bc := store.PairOf(vs[0], vs[1]), store.PairOf(vs[2], vs[0]), store.PairOf(vs[1], vs[2])
	put(t, s, func(b store.Batch) {
		ok(t, b.PutOverlap(bc, o))
		ok(t, b.PutOverlap(ac, news.Overlap{A: "nothing"}))
		ok(t, b.PutOverlap(ab, news.Overlap{}))
		ok(t, b.PutOverlap(ab, o)) // takes its place
	})
	same(t, o)(s.Overlap(bg, ab))
	none := store.PairOverlap{Pair: ac, Overlap: news.Overlap{A: "nothing"}}
	same(t, []store.PairOverlap{{Pair: ab, Overlap: o}, none, {Pair: bc, Overlap: o}})(all(t, s.Overlaps(bg)), nil)
	same(t, []store.PairOverlap{none, {Pair: bc, Overlap: o}})(all(t, s.OverlapsOf(bg, vs[2])), nil)
	same(t, 3)(func() int { n, _ := s.Count(bg); return n.Overlaps }(), nil)
}

func testDerived(t *testing.T, s store.Store) {
	put(t, s, func(b store.Batch) {
		for i := range 300 {
			ok(t, b.PutDerived("story", fmt.Sprintf("%03d", 299-i), []byte{byte(i)}))
		}
		ok(t, b.PutDerived("story", "", []byte{}))
		ok(t, b.PutDerived("thread", "a", []byte("x")))
		ok(t, b.PutDerived("story", "007", nil))
		ok(t, b.SetCursor("relate", "1"))
		ok(t, b.SetCursor("relate", "2"))
	})
	got := all(t, s.DerivedAll(bg, "story"))
	same(t, 300)(len(got), nil)
	same(t, "")(got[0].Key, nil)
	same(t, "299")(got[299].Key, nil)
	same(t, []byte("x"))(s.Derived(bg, "thread", "a"))
	_, err := s.Derived(bg, "story", "007")
	is(t, store.ErrNotFound, err)
	same(t, "2")(s.Cursor(bg, "relate"))
}

func testState(t *testing.T, s store.Store) {
	_, err := s.State(bg, "feed", "x")
	is(t, store.ErrNotFound, err)
	put(t, s, func(b store.Batch) {
		for i := range 300 {
			ok(t, b.PutState("feed", fmt.Sprintf("%03d", 299-i), []byte{byte(i)}))
			ok(t, b.PutDerived("feed", fmt.Sprintf("%03d", i), []byte("another table")))
		}
		ok(t, b.PutState("item", "a", []byte("x")))
		ok(t, b.PutState("feed", "007", nil))
		ok(t, b.PutState("feed", "008", []byte("new")))
	})
	b, err := s.Begin(bg)
	ok(t, err)
	ok(t, b.PutState("item", "a", []byte("never committed")))
	ok(t, b.Rollback())
	ok(t, s.DropDerived(bg))
	got := all(t, s.States(bg, "feed"))
	same(t, 299)(len(got), nil)
	same(t, "000")(got[0].Key, nil)
	same(t, []byte("new"))(s.State(bg, "feed", "008"))
	same(t, []byte("x"))(s.State(bg, "item", "a"))
	_, err = s.State(bg, "feed", "007")
	is(t, store.ErrNotFound, err)
}

func testDropDerived(t *testing.T, s store.Store) {
	putAll(t, s, 2)
	vs := all(t, s.Versions(bg))
	put(t, s, func(b store.Batch) {
		for i := range vs {
			ok(t, b.PutLayers("all/1", &vs[i]))
			ok(t, b.PutKeys(vs[i].ID, []uint64{7}))
		}
		ok(t, b.PutOverlap(store.PairOf(vs[0].ID, vs[1].ID), news.Overlap{}))
		ok(t, b.PutDerived("story", "x", []byte("y")))
		ok(t, b.SetCursor("relate", "7"))
	})
	ok(t, s.DropDerived(bg))
	same(t, store.Count{Captures: 2, Versions: 2})(s.Count(bg))
	same(t, vs)(all(t, s.Versions(bg)), nil)
	same(t, 2)(length(all(t, s.Pending(bg, "all/1"))), nil)
	same(t, 0)(length(all(t, s.SharedBuckets(bg, 9))), nil)
	same(t, 0)(length(all(t, s.OverlapsOf(bg, vs[0].ID))), nil)
	same(t, 0)(length(all(t, s.DerivedAll(bg, "story"))), nil)
	same(t, "")(s.Cursor(bg, "relate"))
}

func testGroup(t *testing.T, s store.Store) {
	g := store.NewGroup(bg, s, 10)
	safe := 0
	g.Committed = func(n int) { safe += n }
	item := func(i int) func(store.Batch) error {
		return func(b store.Batch) error {
			c, v := Item(i)
			added(t, true)(b.PutCapture(c))
			added(t, true)(b.PutVersion(v))
			return nil
		}
	}
	for i := range 25 {
		ok(t, g.Do(item(i)))
	}
	same(t, 20)(safe, nil)
	same(t, store.Count{Captures: 20, Versions: 20})(s.Count(bg))
	ok(t, g.Flush())
	ok(t, g.Flush())
	same(t, 25)(safe, nil)
	ok(t, g.Do(item(30)))
	broken := errors.New("broken")
	is(t, broken, g.Do(func(store.Batch) error { return broken }))
	ok(t, g.Flush())
	g.Rollback()
	same(t, 25)(safe, nil)
	same(t, store.Count{Captures: 25, Versions: 25})(s.Count(bg))
}

func testOrder(t *testing.T, s store.Store) {
	for i := range 40 {
		c, v := Item(i * 7 % 40)
		put(t, s, func(b store.Batch) {
			added(t, true)(b.PutCapture(c))
			added(t, true)(b.PutVersion(v))
			ok(t, b.PutKeys(v.ID, []uint64{uint64(i * 7 % 40 % 4)}))
		})
	}
	byKey := map[uint64][]string{}
	for _, v := range all(t, s.Versions(bg)) {
		var n uint64
		fmt.Sscan(v.Name, &n)
		byKey[n%4] = append(byKey[n%4], v.ID)
	}
	for _, b := range shared(t, s, 10) {
		same(t, byKey[b.Key])(b.IDs, nil)
	}
}

func testCancelled(t *testing.T, s store.Store) {
	putAll(t, s, 1)
	ctx, cancel := context.WithCancel(bg)
	cancel()
	if _, err := s.Begin(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Begin: got %v, want a cancelled context", err)
	}
	for _, err := range s.Versions(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Versions: got %v, want a cancelled context", err)
		}
	}
}

func testAliasing(t *testing.T, s store.Store) {
	c, v := Item(1)
	want, wantV := Item(1)
	put(t, s, func(b store.Batch) {
		added(t, true)(b.PutCapture(c))
		added(t, true)(b.PutVersion(v))
		ok(t, b.PutDerived("k", "k", c.Raw[:1]))
	})
	c.Raw[0], v.Given.Bylines[0] = 'x', "x"
	got, err := s.Capture(bg, c.ID)
	same(t, want)(got, err)
	got.Raw[0] = 'y'
	same(t, want)(s.Capture(bg, c.ID))
	same(t, wantV)(s.Version(bg, v.ID))
	same(t, want.Raw[:1])(s.Derived(bg, "k", "k"))
}

func testClosed(t *testing.T, s store.Store) {
	ok(t, s.Close())
	ok(t, s.Close())
	_, err := s.Begin(bg)
	is(t, store.ErrClosed, err)
	_, err = s.Count(bg)
	is(t, store.ErrClosed, err)
	is(t, store.ErrClosed, s.DropDerived(bg))
}

var bg = context.Background()

func begin(t *testing.T, s store.Store) store.Batch {
	t.Helper()
	b, err := s.Begin(bg)
	ok(t, err)
	return b
}

func put(t *testing.T, s store.Store, f func(store.Batch)) {
	t.Helper()
	b := begin(t, s)
	defer b.Rollback()
	f(b)
	ok(t, b.Commit())
}

func putAll(t *testing.T, s store.Store, n int) {
	t.Helper()
	put(t, s, func(b store.Batch) {
		for i := range n {
			c, v := Item(i)
			added(t, true)(b.PutCapture(c))
			added(t, true)(b.PutVersion(v))
		}
	})
}

func all[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for x, err := range seq {
		ok(t, err)
		out = append(out, x)
	}
	return out
}

func length[T any](list []T) int { return len(list) }

func ids(vs []news.Version) []string {
	var out []string
	for _, v := range vs {
		out = append(out, v.ID)
	}
	return out
}

func hash(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t *testing.T, want, got error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got the error %v, want %v", got, want)
	}
}

func added(t *testing.T, want bool) func(bool, error) {
	return func(got bool, err error) {
		t.Helper()
		ok(t, err)
		if got != want {
			t.Fatalf("added = %v, want %v", got, want)
		}
	}
}

func same[T any](t *testing.T, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		ok(t, err)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}
