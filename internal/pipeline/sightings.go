package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"time"
)

// sighting is the set of entries that a feed has shown, the oldest first. It
// only saves fetching a page again; what is fetched again nevertheless is a
// duplicate to the store.
type sighting struct {
	at    map[uint64]int // the turn at which it was last seen
	turns int
}

// sightingOf is what an entry is known by: address and words. GUIDs are left
// out, as feeds make new ones at each poll and give old ones to new articles;
// so are dates, which some feeds set to the time of the poll.
func sightingOf(e Entry) uint64 {
	h := sha256.New()
	for _, s := range [...]string{e.URL, e.Title, e.Summary, e.Content} {
		io.WriteString(h, strconv.Itoa(len(s))+":")
		io.WriteString(h, s)
	}
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// changeOf is what an entry is known by that names its last change: the same
// words at the same address may stand for a page that was rewritten since. 0
// when the feed names none.
func changeOf(e Entry) uint64 {
	if e.Updated == "" {
		return 0
	}
	h := sha256.New()
	io.WriteString(h, e.Updated+"\n"+e.URL)
	return max(1, binary.BigEndian.Uint64(h.Sum(nil)))
}

// withoutStamp takes out the changes of a feed that gives most of its entries
// the same one: that is when the list was made, not when a page was changed.
func withoutStamp(entries []Entry) []Entry {
	count := map[string]int{}
	for _, e := range entries {
		count[e.Updated]++
	}
	out := slices.Clone(entries)
	for i := range out {
		if n := count[out[i].Updated]; n > 2 && 2*n > len(entries) {
			out[i].Updated = ""
		}
	}
	return out
}

// justNow tells whether a date of change is so near to the poll that it may be
// nothing but the time of the poll. A real change is seen at a later poll.
func justNow(updated string, now time.Time) bool {
	t, err := time.Parse(time.RFC3339, updated)
	if err != nil {
		t, err = time.Parse(time.DateOnly, updated)
	}
	return err != nil || now.Sub(t) < 15*time.Minute
}

func (s *sighting) has(key uint64) bool { _, ok := s.at[key]; return ok }

func (s *sighting) add(key uint64) {
	if s.at == nil {
		s.at = map[uint64]int{}
	}
	s.turns++
	s.at[key] = s.turns
}

// keep forgets all but the last n.
func (s *sighting) keep(n int) {
	if len(s.at) <= n {
		return
	}
	for _, key := range s.list()[:len(s.at)-n] {
		delete(s.at, key)
	}
}

func (s *sighting) list() []uint64 {
	keys := make([]uint64, 0, len(s.at))
	for k := range s.at {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b uint64) int { return s.at[a] - s.at[b] })
	return keys
}

func (s *sighting) bytes() []byte {
	out := make([]byte, 0, 8*len(s.at))
	for _, k := range s.list() {
		out = binary.BigEndian.AppendUint64(out, k)
	}
	return out
}

func sightings(raw []byte) sighting {
	var s sighting
	for ; len(raw) >= 8; raw = raw[8:] {
		s.add(binary.BigEndian.Uint64(raw))
	}
	return s
}
