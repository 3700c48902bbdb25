package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sort"
)

// Keys are kept in segments: postings sorted by key, packed, never changed. A
// commit writes one small segment, one after the other, and segments of like
// size are merged into the next larger one, so that each posting is written a
// handful of times and nothing is ever put into the middle of a large table (a
// log-structured merge: O'Neil and others 1996). Segments are derived data and
// committed with the batch.
//
// A posting takes six to eight bytes: the distance of its key from the one
// before, and the number of its version.

// Posting says that the version of a number has a key.
type Posting struct {
	Key    uint64
	Number uint32
}

// ComparePostings is the order of postings in a segment.
func ComparePostings(a, b Posting) int {
	if a.Key != b.Key {
		return cmp.Compare(a.Key, b.Key)
	}
	return cmp.Compare(a.Number, b.Number)
}

// Part is a piece of a segment that is read at once.
type Part struct {
	First uint64 // the least key in it
	Body  []byte
	Hint  []byte // see Packer.Hints
}

// A body is the number of blocks, the first key of each and where it begins,
// and the blocks. In a block a key is written as its distance from the key
// before, and after it the numbers of its versions: each as the distance from
// the one before, the lowest bit set when another follows.
const (
	blockPostings = 32
	partPostings  = 4096
	blockHead     = 12 // bytes
)

// Packer packs sorted postings into parts. Postings of one key are never in
// two parts.
type Packer struct {
	// Put is handed each part when it is full. The body is its own.
	Put     func(Part) error
	Hints   bool // parts are to have hints
	pending []Posting
}

// Add takes the next posting; equal ones count once.
func (p *Packer) Add(x Posting) error {
	n := len(p.pending)
	if n > 0 && p.pending[n-1] == x {
		return nil
	}
	if n >= partPostings && p.pending[n-1].Key != x.Key {
		if err := p.Flush(); err != nil {
			return err
		}
	}
	p.pending = append(p.pending, x)
	return nil
}

// Flush hands on what was not handed on yet.
func (p *Packer) Flush() error {
	if len(p.pending) == 0 {
		return nil
	}
	part := Part{First: p.pending[0].Key, Body: pack(p.pending)}
	if p.Hints {
		part.Hint = appendHint(nil, p.pending)
	}
	p.pending = p.pending[:0]
	return p.Put(part)
}

// blockEnd is where the block that begins at from ends: a key is in one block.
func blockEnd(list []Posting, from int) int {
	to := min(from+blockPostings, len(list))
	for to < len(list) && list[to].Key == list[to-1].Key {
		to++
	}
	return to
}

func pack(list []Posting) []byte {
	blocks := 0
	for from := 0; from < len(list); from = blockEnd(list, from) {
		blocks++
	}
	head := 4 + blockHead*blocks
	out := make([]byte, head, head+8*len(list))
	binary.LittleEndian.PutUint32(out, uint32(blocks))
	at := 4
	for from := 0; from < len(list); {
		to := blockEnd(list, from)
		binary.LittleEndian.PutUint64(out[at:], list[from].Key)
		binary.LittleEndian.PutUint32(out[at+8:], uint32(len(out)))
		at += blockHead
		key := list[from].Key
		for i := from; i < to; {
			out = binary.AppendUvarint(out, list[i].Key-key)
			key = list[i].Key
			last := uint32(0)
			for more := uint64(1); more == 1; i++ {
				if i+1 >= to || list[i+1].Key != key {
					more = 0
				}
				out = binary.AppendUvarint(out, uint64(list[i].Number-last)<<1|more)
				last = list[i].Number
			}
		}
		from = to
	}
	return slices.Clip(out)
}

var errPart = fmt.Errorf("part of the keys: %w", ErrCorrupt)

// AppendPostings unpacks a body.
func AppendPostings(to []Posting, body []byte) ([]Posting, error) {
	n, err := blocksOf(body)
	for i := 0; i < n && err == nil; i++ {
		to, err = appendBlock(to, body, i, n)
	}
	return to, err
}

// FindPostings unpacks what a body has of the keys, which rise.
func FindPostings(to []Posting, body []byte, keys []uint64) ([]Posting, error) {
	n, err := blocksOf(body)
	if err != nil {
		return to, err
	}
	firstOf := func(i int) uint64 { return binary.LittleEndian.Uint64(body[4+blockHead*i:]) }
	var room [2 * blockPostings]Posting
	for i := 0; len(keys) > 0 && n > 0; {
		// The block that the key may be in: the last one that begins with no
		// greater key.
		if i+1 < n && firstOf(i+1) <= keys[0] {
			i += sort.Search(n-i-1, func(j int) bool { return firstOf(i+1+j) > keys[0] })
		}
		block, err := appendBlock(room[:0], body, i, n)
		if err != nil {
			return to, err
		}
		for _, x := range block {
			for len(keys) > 0 && keys[0] < x.Key {
				keys = keys[1:]
			}
			if len(keys) == 0 {
				return to, nil
			}
			if keys[0] == x.Key {
				to = append(to, x)
			}
		}
		if i++; i >= n {
			break
		}
		for len(keys) > 0 && keys[0] < firstOf(i) {
			keys = keys[1:]
		}
	}
	return to, nil
}

func blocksOf(body []byte) (int, error) {
	if len(body) < 4 {
		return 0, errPart
	}
	n := int(binary.LittleEndian.Uint32(body))
	if n > (len(body)-4)/blockHead {
		return 0, errPart
	}
	return n, nil
}

func appendBlock(to []Posting, body []byte, i, n int) ([]Posting, error) {
	at := 4 + blockHead*i
	key, from, end := binary.LittleEndian.Uint64(body[at:]), binary.LittleEndian.Uint32(body[at+8:]), uint32(len(body))
	if i+1 < n {
		end = binary.LittleEndian.Uint32(body[at+blockHead+8:])
	}
	if from > end || end > uint32(len(body)) {
		return to, errPart
	}
	for rest := body[from:end]; len(rest) > 0; {
		d, n := binary.Uvarint(rest)
		if n <= 0 {
			return to, errPart
		}
		rest, key = rest[n:], key+d
		number := uint32(0)
		for more := true; more; {
			x, n := binary.Uvarint(rest)
			if n <= 0 {
				return to, errPart
			}
			rest, more = rest[n:], x&1 == 1
			number += uint32(x >> 1)
			to = append(to, Posting{key, number})
		}
	}
	return to, nil
}

// SegmentLevel is the size class of a segment: segmentFan of one level make
// one of the next.
func SegmentLevel(postings int) int { return bits.Len(uint(postings)/512) / 3 }

// segmentFan is how many segments of one level are merged.
const segmentFan = 8

// Mergeable picks the segments to be merged now, by their places in levels:
// all of the lowest level that is full, or none.
func Mergeable(levels []int) []int {
	count := map[int]int{}
	for _, l := range levels {
		count[l]++
	}
	full := -1
	for l, n := range count {
		if n >= segmentFan && (full < 0 || l < full) {
			full = l
		}
	}
	var out []int
	for i, l := range levels {
		if l == full {
			out = append(out, i)
		}
	}
	return out
}

// Each hands on the postings of a list.
func Each(list []Posting, yield func(Posting) error) error {
	for _, x := range list {
		if err := yield(x); err != nil {
			return err
		}
	}
	return nil
}

// Run reads a segment from its beginning: Next returns its next part's body,
// nil at the end.
type Run struct {
	Next func() ([]byte, error)
	list []Posting
	at   int
}

// fill makes sure that there is a posting at r.at, unless the run has ended.
func (r *Run) fill() (ok bool, err error) {
	for r.at >= len(r.list) {
		body, err := r.Next()
		if err != nil || body == nil {
			return false, err
		}
		if r.list, err = AppendPostings(r.list[:0], body); err != nil {
			return false, err
		}
		r.at = 0
	}
	return true, nil
}

// Merge hands on the postings of all runs in order.
func Merge(runs []*Run, yield func(Posting) error) error {
	var heap []*Run // the least first
	for _, r := range runs {
		ok, err := r.fill()
		if err != nil {
			return err
		}
		if ok {
			heap = append(heap, r)
		}
	}
	less := func(a, b *Run) bool { return ComparePostings(a.list[a.at], b.list[b.at]) < 0 }
	sink := func(i int) {
		for {
			c := 2*i + 1
			if c >= len(heap) {
				return
			}
			if c+1 < len(heap) && less(heap[c+1], heap[c]) {
				c++
			}
			if !less(heap[c], heap[i]) {
				return
			}
			heap[i], heap[c] = heap[c], heap[i]
			i = c
		}
	}
	for i := len(heap)/2 - 1; i >= 0; i-- {
		sink(i)
	}
	for len(heap) > 0 {
		r := heap[0]
		if err := yield(r.list[r.at]); err != nil {
			return err
		}
		if r.at++; r.at >= len(r.list) {
			ok, err := r.fill()
			if err != nil {
				return err
			}
			if !ok {
				heap[0] = heap[len(heap)-1]
				heap = heap[:len(heap)-1]
			}
		}
		sink(0)
	}
	return nil
}

// Gather puts the postings of one key together, those of dead numbers left
// out.
type Gather struct {
	Dead  func(number uint32) bool
	Least int // versions that make a bucket
	Limit int // versions in a bucket at most
	yield func(Bucket) error
	key   uint64
	list  []uint32
	over  bool
}

func (g *Gather) add(x Posting) error {
	if x.Key != g.key {
		if err := g.flush(); err != nil {
			return err
		}
		g.key = x.Key
	}
	n := len(g.list)
	switch {
	case g.over, n > 0 && g.list[n-1] == x.Number, g.Dead(x.Number):
	case n >= g.Limit:
		g.over = true
	default:
		g.list = append(g.list, x.Number)
	}
	return nil
}

func (g *Gather) flush() error {
	list, over := g.list, g.over
	g.list, g.over = g.list[:0], false
	switch {
	case over:
		return g.yield(Bucket{Key: g.key, More: true})
	case len(list) >= g.Least:
		return g.yield(Bucket{Key: g.key, Numbers: list})
	}
	return nil
}

var errStop = errors.New("stop")

// Run feeds g with what from yields, and hands its buckets on.
func (g *Gather) Run(ctx context.Context, yield func(Bucket, error) bool, from func(func(Posting) error) error) {
	g.yield = func(b Bucket) error {
		if !yield(b, nil) {
			return errStop
		}
		return ctx.Err()
	}
	err := from(g.add)
	if err == nil {
		err = g.flush()
	}
	if err != nil && err != errStop {
		yield(Bucket{}, err)
	}
}
