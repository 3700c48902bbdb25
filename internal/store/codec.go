package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/bits"
	"reflect"
	"slices"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// The codec of derived data. It follows the Go types by reflection, once for
// each type, so that a new field is stored without a word here; and it stamps
// each blob with a hash of the types' shape, so that a blob of an older shape
// is "not there" instead of being read wrongly.
//
//	blob = shape (8 bytes)
//	       number of strings, length of each, their bytes
//	       number of floats, 8 bytes each
//	       body: fields in order; strings and floats as indexes, integers as
//	       varints, spans as length and distance from the end of the last one
//
// Strings are written once: rule names and frequent words repeat a lot, and a
// reader cuts them all from one piece of memory.

// Layers are written in two parts, so that who wants the first alone need not
// make the second: what the head of a page and its lineage are read from, and
// the words, sentences and claims, which are most of it.
//
//	blob = shape (8 bytes), length of the first part (4 bytes), both parts

// EncodeLayers writes all of v but ID, Name, Capture, Text and Given.
func EncodeLayers(v *news.Version) []byte {
	p := layersPlans()
	first, second := encode(p.first, reflect.ValueOf(v).Elem()), encode(p.second, reflect.ValueOf(v).Elem())
	out := make([]byte, 0, 12+len(first)+len(second))
	out = binary.LittleEndian.AppendUint64(out, p.shape())
	out = binary.LittleEndian.AppendUint32(out, uint32(len(first)))
	return append(append(out, first...), second...)
}

// DecodeLayers sets all of v but ID, Name, Capture, Text and Given.
func DecodeLayers(blob []byte, v *news.Version) error {
	first, second, err := splitLayers(blob)
	if err == nil {
		err = damaged(decode(layersPlans().first, first, reflect.ValueOf(v).Elem()))
	}
	if err == nil {
		err = damaged(decode(layersPlans().second, second, reflect.ValueOf(v).Elem()))
	}
	return err
}

// DecodeOutline sets lines, metadata, times, entities and quotes alone.
func DecodeOutline(blob []byte, v *news.Version) error {
	first, _, err := splitLayers(blob)
	if err != nil {
		return err
	}
	return damaged(decode(layersPlans().first, first, reflect.ValueOf(v).Elem()))
}

func splitLayers(blob []byte) (first, second []byte, err error) {
	if len(blob) < 12 {
		return nil, nil, fmt.Errorf("layers of %d bytes: %w", len(blob), ErrCorrupt)
	}
	if binary.LittleEndian.Uint64(blob) != layersPlans().shape() {
		return nil, nil, fmt.Errorf("layers of another version of the program: %w", ErrNotFound)
	}
	n, rest := binary.LittleEndian.Uint32(blob[8:]), blob[12:]
	if int64(n) > int64(len(rest)) {
		return nil, nil, fmt.Errorf("layers: %w", ErrCorrupt)
	}
	return rest[:n], rest[n:], nil
}

// damaged says that a part of another shape is a damaged one, since the whole
// has the right shape.
func damaged(err error) error {
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("layers: %w", ErrCorrupt)
	}
	return err
}

// EncodeOverlap writes an overlap.
func EncodeOverlap(o *news.Overlap) []byte { return encode(overlapPlan(), reflect.ValueOf(o).Elem()) }

// DecodeOverlap reads what EncodeOverlap wrote.
func DecodeOverlap(blob []byte) (o news.Overlap, err error) {
	err = decode(overlapPlan(), blob, reflect.ValueOf(&o).Elem())
	return o, err
}

// Codec writes and reads the values of one type, for derived values.
type Codec[T any] struct{ plan *plan }

// NewCodec makes the codec of a struct type.
func NewCodec[T any]() Codec[T] { return Codec[T]{planOf(reflect.TypeFor[T]())} }

// Encode writes a value.
func (c Codec[T]) Encode(v *T) []byte { return encode(c.plan, reflect.ValueOf(v).Elem()) }

// Decode reads what Encode wrote. What was written by a type of another shape
// is ErrNotFound.
func (c Codec[T]) Decode(blob []byte, v *T) error {
	return decode(c.plan, blob, reflect.ValueOf(v).Elem())
}

// Shape changes with the type.
func (c Codec[T]) Shape() string { return fmt.Sprintf("%x", c.plan.shape) }

// Shape tells apart programs that write derived data differently.
func Shape() string { return fmt.Sprintf("%x-%x", layersPlans().shape(), overlapPlan().shape) }

var (
	layersPlans = sync.OnceValue(func() twoPlans {
		t := reflect.TypeFor[news.Version]()
		truth := []string{"ID", "Name", "Capture", "Text", "Given"}
		outline := []string{"Lines", "Meta", "Timexes", "Entities", "Quotes"}
		without := slices.Clone(truth)
		for i := range t.NumField() {
			if f := t.Field(i).Name; !slices.Contains(outline, f) && !slices.Contains(truth, f) {
				without = append(without, f)
			}
		}
		return twoPlans{planOf(t, without...), planOf(t, append(truth, outline...)...)}
	})
	overlapPlan = sync.OnceValue(func() *plan { return planOf(reflect.TypeFor[news.Overlap]()) })
)

// twoPlans is how the two parts of layers are written.
type twoPlans struct{ first, second *plan }

func (p twoPlans) shape() uint64 { return p.first.shape ^ bits.RotateLeft64(p.second.shape, 1) }

// codecFormat goes into every shape: raise it when the format changes.
const codecFormat = "1"

// plan is how a type is written and read.
type plan struct {
	shape uint64
	write func(*encoder, reflect.Value)
	read  func(*decoder, reflect.Value)
}

// planOf makes the plan of a struct type without some of its fields.
func planOf(t reflect.Type, without ...string) *plan {
	h := fnv.New64a()
	io.WriteString(h, codecFormat)
	p := &plan{}
	p.write, p.read = compileStruct(t, h, without)
	p.shape = h.Sum64()
	return p
}

// compile returns how values of t are written and read, and notes t's shape in
// h. It panics on what cannot be stored (maps, interfaces, functions): that is
// a mistake in the vocabulary, which the first test of any kind shows.
func compile(t reflect.Type, h io.Writer) (func(*encoder, reflect.Value), func(*decoder, reflect.Value)) {
	if t == reflect.TypeFor[text.Span]() {
		io.WriteString(h, "span")
		return func(e *encoder, v reflect.Value) { e.span(v.Addr().Interface().(*text.Span)) },
			func(d *decoder, v reflect.Value) { *v.Addr().Interface().(*text.Span) = d.span() }
	}
	io.WriteString(h, t.Kind().String())
	switch t.Kind() {
	case reflect.String:
		return func(e *encoder, v reflect.Value) { e.string(v.String()) },
			func(d *decoder, v reflect.Value) { v.SetString(d.string()) }
	case reflect.Bool:
		return func(e *encoder, v reflect.Value) { e.bool(v.Bool()) },
			func(d *decoder, v reflect.Value) { v.SetBool(d.bool()) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(e *encoder, v reflect.Value) { e.int(v.Int()) },
			func(d *decoder, v reflect.Value) { v.SetInt(d.int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(e *encoder, v reflect.Value) { e.uint(v.Uint()) },
			func(d *decoder, v reflect.Value) { v.SetUint(d.uint()) }
	case reflect.Float32, reflect.Float64:
		return func(e *encoder, v reflect.Value) { e.float(v.Float()) },
			func(d *decoder, v reflect.Value) { v.SetFloat(d.float()) }
	case reflect.Pointer:
		write, read := compile(t.Elem(), h)
		return func(e *encoder, v reflect.Value) {
				e.bool(!v.IsNil())
				if !v.IsNil() {
					write(e, v.Elem())
				}
			}, func(d *decoder, v reflect.Value) {
				v.SetZero()
				if d.bool() {
					v.Set(reflect.New(t.Elem()))
					read(d, v.Elem())
				}
			}
	case reflect.Array:
		write, read := compile(t.Elem(), h)
		fmt.Fprint(h, t.Len())
		return func(e *encoder, v reflect.Value) {
				for i := range v.Len() {
					write(e, v.Index(i))
				}
			}, func(d *decoder, v reflect.Value) {
				for i := range v.Len() {
					read(d, v.Index(i))
				}
			}
	case reflect.Slice:
		write, read := compile(t.Elem(), h)
		return func(e *encoder, v reflect.Value) {
				if v.IsNil() {
					e.uint(0)
					return
				}
				n := v.Len()
				e.uint(uint64(n) + 1)
				for i := range n {
					write(e, v.Index(i))
				}
			}, func(d *decoder, v reflect.Value) {
				v.SetZero()
				n, ok := d.length()
				if !ok {
					return
				}
				v.Set(reflect.MakeSlice(t, n, n))
				for i := 0; i < n && d.err == nil; i++ {
					read(d, v.Index(i))
				}
			}
	case reflect.Struct:
		return compileStruct(t, h, nil)
	}
	panic("store: a " + t.String() + " cannot be stored; give it a type of numbers, strings, slices and structs")
}

func compileStruct(t reflect.Type, h io.Writer, without []string) (func(*encoder, reflect.Value), func(*decoder, reflect.Value)) {
	type field struct {
		index int
		write func(*encoder, reflect.Value)
		read  func(*decoder, reflect.Value)
	}
	var fields []field
	io.WriteString(h, "{")
	for i := range t.NumField() {
		f := t.Field(i)
		if slices.Contains(without, f.Name) {
			continue
		}
		if !f.IsExported() {
			panic("store: " + t.String() + "." + f.Name + " cannot be stored: it is not exported")
		}
		io.WriteString(h, f.Name+":")
		write, read := compile(f.Type, h)
		fields = append(fields, field{i, write, read})
	}
	io.WriteString(h, "}")
	return func(e *encoder, v reflect.Value) {
			for i := range fields {
				fields[i].write(e, v.Field(fields[i].index))
			}
		}, func(d *decoder, v reflect.Value) {
			for i := range fields {
				fields[i].read(d, v.Field(fields[i].index))
			}
		}
}

type encoder struct {
	body   []byte
	slots  []uint32 // by the hash of a string, 1 + its place in list; a power of two of them, at most half in use
	list   []string
	hashes []uint32 // of the strings in list
	last   uint64   // place of the string written last: a token's lemma is mostly its word
	bytes  int      // of all strings in list
	floats []uint64
	end    int // end of the last span
}

// encoders are those of values before, whose memory is written over.
var encoders = sync.Pool{New: func() any { return new(encoder) }}

// mostKept is the size of a body, in bytes, up to which its encoder is kept.
const mostKept = 1 << 20

// reset makes e ready for a value.
func (e *encoder) reset() {
	*e = encoder{body: e.body[:0], slots: e.slots, list: e.list[:0], hashes: e.hashes[:0], floats: e.floats[:0]}
	if len(e.slots) == 0 {
		e.slots = make([]uint32, 1024)
	} else {
		clear(e.slots)
	}
}

func encode(p *plan, v reflect.Value) []byte {
	e := encoders.Get().(*encoder)
	e.reset()
	p.write(e, v)
	out := e.blob(p)
	if cap(e.body) <= mostKept {
		clear(e.list) // not to hold the texts that they are cut from
		encoders.Put(e)
	}
	return out
}

// blob puts the parts together.
func (e *encoder) blob(p *plan) []byte {
	out := make([]byte, 0, 32+2*len(e.list)+e.bytes+8*len(e.floats)+len(e.body))
	out = binary.LittleEndian.AppendUint64(out, p.shape)
	out = binary.AppendUvarint(out, uint64(len(e.list)))
	for _, s := range e.list {
		out = binary.AppendUvarint(out, uint64(len(s)))
	}
	for _, s := range e.list {
		out = append(out, s...)
	}
	out = binary.AppendUvarint(out, uint64(len(e.floats)))
	for _, f := range e.floats {
		out = binary.LittleEndian.AppendUint64(out, f)
	}
	return append(out, e.body...)
}

func (e *encoder) uint(u uint64) { e.body = binary.AppendUvarint(e.body, u) }
func (e *encoder) int(i int64)   { e.body = binary.AppendVarint(e.body, i) }

func (e *encoder) bool(b bool) {
	if b {
		e.body = append(e.body, 1)
	} else {
		e.body = append(e.body, 0)
	}
}

func (e *encoder) string(s string) {
	if len(e.list) == 0 || e.list[e.last] != s {
		e.last = e.place(s)
	}
	e.uint(e.last)
}

// place is where s stands in list, at the end if it is new.
func (e *encoder) place(s string) uint64 {
	h := text.Hash(s)
	at := e.slot(h, s)
	if e.slots[at] > 0 {
		return uint64(e.slots[at] - 1)
	}
	e.list, e.hashes, e.bytes = append(e.list, s), append(e.hashes, h), e.bytes+len(s)
	e.slots[at] = uint32(len(e.list))
	if 2*len(e.list) > len(e.slots) {
		e.slots = make([]uint32, 2*len(e.slots))
		for i, s := range e.list {
			e.slots[e.slot(e.hashes[i], s)] = uint32(i + 1)
		}
	}
	return uint64(len(e.list) - 1)
}

// slot is the slot of s, or the free one that it is to have.
func (e *encoder) slot(h uint32, s string) uint32 {
	mask := uint32(len(e.slots) - 1)
	at := h & mask
	for e.slots[at] > 0 && (e.hashes[e.slots[at]-1] != h || e.list[e.slots[at]-1] != s) {
		at = (at + 1) & mask
	}
	return at
}

// float looks through the list because a version has a handful of different
// confidences.
func (e *encoder) float(f float64) {
	b := math.Float64bits(f)
	i := slices.Index(e.floats[:min(len(e.floats), 256)], b)
	if i < 0 {
		i = len(e.floats)
		e.floats = append(e.floats, b)
	}
	e.uint(uint64(i))
}

// span writes 0 for the zero span, length+1 and the distance from the end of
// the last span for a real one, and 1 and both ends for any other.
func (e *encoder) span(s *text.Span) {
	switch {
	case *s == text.Span{}:
		e.body = append(e.body, 0)
	case s.End <= s.Start:
		e.body = append(e.body, 1)
		e.int(int64(s.Start))
		e.int(int64(s.End))
	default:
		e.uint(uint64(s.End-s.Start) + 1)
		e.int(int64(s.Start - e.end))
		e.end = s.End
	}
}

type decoder struct {
	rest    []byte
	strings []string
	floats  []float64
	end     int
	err     error
}

func decode(p *plan, blob []byte, v reflect.Value) error {
	if len(blob) < 8 {
		return fmt.Errorf("derived data of %d bytes: %w", len(blob), ErrCorrupt)
	}
	if binary.LittleEndian.Uint64(blob) != p.shape {
		return fmt.Errorf("derived data of another version of the program: %w", ErrNotFound)
	}
	d := &decoder{rest: blob[8:]}
	d.tables()
	if d.err == nil {
		p.read(d, v)
	}
	if d.err == nil && len(d.rest) > 0 {
		d.fail()
	}
	return d.err
}

func (d *decoder) fail() {
	if d.err == nil {
		d.err = fmt.Errorf("derived data: %w", ErrCorrupt)
	}
	d.rest = nil
}

func (d *decoder) tables() {
	n := d.count(1)
	lengths, total := make([]int, n), 0
	for i := range lengths {
		l := d.uint()
		if l > uint64(len(d.rest)) {
			d.fail()
			return
		}
		lengths[i] = int(l)
		total += int(l)
	}
	if total > len(d.rest) {
		d.fail()
		return
	}
	all := string(d.rest[:total])
	d.rest = d.rest[total:]
	d.strings = make([]string, n)
	for i, l := range lengths {
		d.strings[i], all = all[:l], all[l:]
	}
	d.floats = make([]float64, d.count(8))
	for i := range d.floats {
		d.floats[i] = math.Float64frombits(binary.LittleEndian.Uint64(d.rest))
		d.rest = d.rest[8:]
	}
}

// count reads a number of things that take size bytes or more each, so that a
// damaged blob cannot ask for more memory than its own length allows.
func (d *decoder) count(size int) int {
	n := d.uint()
	if n > uint64(len(d.rest)/size) {
		d.fail()
		return 0
	}
	return int(n)
}

// length reads the length of a slice; false stands for nil.
func (d *decoder) length() (int, bool) {
	n := d.uint()
	if n == 0 {
		return 0, false
	}
	if n-1 > uint64(len(d.rest)) {
		d.fail()
		return 0, false
	}
	return int(n - 1), true
}

func (d *decoder) uint() uint64 {
	if len(d.rest) > 0 && d.rest[0] < 0x80 {
		u := uint64(d.rest[0])
		d.rest = d.rest[1:]
		return u
	}
	u, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[n:]
	return u
}

func (d *decoder) int() int64 {
	i, n := binary.Varint(d.rest)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[n:]
	return i
}

func (d *decoder) bool() bool { return d.uint() != 0 }

func (d *decoder) string() string {
	i := d.uint()
	if i >= uint64(len(d.strings)) {
		d.fail()
		return ""
	}
	return d.strings[i]
}

func (d *decoder) float() float64 {
	i := d.uint()
	if i >= uint64(len(d.floats)) {
		d.fail()
		return 0
	}
	return d.floats[i]
}

func (d *decoder) span() text.Span {
	switch n := d.uint(); n {
	case 0:
		return text.Span{}
	case 1:
		start := d.int()
		return text.Span{Start: int(start), End: int(d.int())}
	default:
		s := d.end + int(d.int())
		d.end = s + int(n-1)
		return text.Span{Start: s, End: d.end}
	}
}
