package store

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// fill sets every field to something that is not its zero value, each one
// different, so that a field that is forgotten or swapped shows.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("é", *n%5) + string(rune('a'+*n%26)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n*7 - 100))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n % 250))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 2 { // the third stays zero
			fill(v.Index(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), n)
			}
		}
	}
}

func fullVersion() *news.Version {
	v, n := &news.Version{}, 0
	fill(reflect.ValueOf(v).Elem(), &n)
	v.ID, v.Name, v.Capture, v.Text, v.Given = "", "", "", "", news.Given{}
	return v
}

func TestLayersComeBackWhole(t *testing.T) {
	for name, v := range map[string]*news.Version{
		"nothing found":  {},
		"every field":    fullVersion(),
		"empty, not nil": {Tokens: []news.Token{}, Sketch: news.Sketch{Bins: []uint32{}}},
		"odd spans": {Tokens: []news.Token{
			{Span: text.Span{Start: 5, End: 5}},
			{Span: text.Span{Start: 9, End: 2}},
			{Span: text.Span{Start: 1 << 40, End: 1<<40 + 1}},
			{Span: text.Span{Start: 3, End: 4}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := news.Version{ID: "keep", Text: "keep", Tokens: make([]news.Token, 9)}
			if err := DecodeLayers(EncodeLayers(v), &got); err != nil {
				t.Fatal(err)
			}
			want := *v
			want.ID, want.Text = "keep", "keep"
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestOverlapComesBackWhole(t *testing.T) {
	var o news.Overlap
	n := 0
	fill(reflect.ValueOf(&o).Elem(), &n)
	got, err := DecodeOverlap(EncodeOverlap(&o))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(o, got); d != "" {
		t.Error(d)
	}
}

func TestDamagedBlobsAreTold(t *testing.T) {
	blob := EncodeLayers(fullVersion())
	var v news.Version
	for cut := 8; cut < len(blob); cut++ {
		if err := DecodeLayers(blob[:cut], &v); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("cut to %d of %d bytes: got %v, want ErrCorrupt", cut, len(blob), err)
		}
	}
	other := append([]byte(nil), blob...)
	other[0] ^= 1
	if err := DecodeLayers(other, &v); !errors.Is(err, ErrNotFound) {
		t.Errorf("another shape: got %v, want ErrNotFound", err)
	}
}

func FuzzDecodeLayers(f *testing.F) {
	f.Add(EncodeLayers(fullVersion())[8:])
	f.Add(EncodeLayers(&news.Version{})[8:])
	shape := EncodeLayers(&news.Version{})[:8]
	f.Fuzz(func(t *testing.T, body []byte) {
		var v, again news.Version
		if DecodeLayers(append(shape[:8:8], body...), &v) != nil {
			return
		}
		if err := DecodeLayers(EncodeLayers(&v), &again); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(v, again); d != "" && !strings.Contains(d, "NaN") {
			t.Fatal(d)
		}
	})
}

// realistic makes the layers of an article of about 3 KB.
func realistic() *news.Version {
	v := &news.Version{}
	at := 0
	words := strings.Fields("the harbour master said on Tuesday that two ferries had struck the outer wall of Port Ambry in thick fog and 14 people were taken to hospital , officials of the coast guard told reporters .")
	why := news.Why{Rule: "sentence.full-stop", Confidence: 0.9}
	for i := range 600 {
		w := words[(i*7+i/13)%len(words)]
		v.Tokens = append(v.Tokens, news.Token{Span: text.Span{Start: at, End: at + len(w)}, Lower: strings.ToLower(w), Tag: news.Tag(i % 20)})
		at += len(w) + 1
		if i%25 == 0 {
			v.Sentences.Items = append(v.Sentences.Items, news.Sentence{Span: text.Span{Start: at, End: at + 120}, Label: news.Body, First: i, Last: i + 25, Why: why})
			v.Lines.Items = append(v.Lines.Items, news.Line{Number: i, Label: news.Body, Span: text.Span{Start: at, End: at + 120}, Why: why})
			v.Claims.Items = append(v.Claims.Items, news.Claim{
				ID: "c1", Span: text.Span{Start: at, End: at + 50}, Proposition: "two ferries struck the outer wall", Chain: []string{"Ambry Post", "coast guard"}, Why: why,
				Frame: news.Frame{Predicates: []string{"strike"}, Words: words[:8]},
			})
		}
		if i%40 == 0 {
			v.Quotes.Items = append(v.Quotes.Items, news.Quote{ID: "q", Kind: news.Indirect, Content: text.Span{Start: at, End: at + 80}, Source: text.Span{Start: at + 80, End: at + 90}, SourceID: "coast guard", Chain: []string{"Ambry Post", "coast guard"}, Why: why})
			v.Entities.Items = append(v.Entities.Items, news.Entity{ID: "Port Ambry", Type: news.GPE, Mentions: []news.Mention{{Span: text.Span{Start: at, End: at + 10}, Why: why}, {Span: text.Span{Start: at + 30, End: at + 40}, Why: why}}})
			v.Sketch.Anchors = append(v.Sketch.Anchors, news.Anchor{Hash: uint64(i) * 0x9e3779b97f4a7c15, Span: text.Span{Start: at, End: at + 40}})
		}
	}
	for i := range 128 {
		v.Sketch.Bins = append(v.Sketch.Bins, uint32(i)*0x9e3779b1)
	}
	return v
}

func BenchmarkEncodeLayers(b *testing.B) {
	v := realistic()
	b.ReportAllocs()
	for b.Loop() {
		EncodeLayers(v)
	}
	b.ReportMetric(float64(len(EncodeLayers(v))), "bytes/version")
}

func BenchmarkDecodeLayers(b *testing.B) {
	blob := EncodeLayers(realistic())
	b.ReportAllocs()
	for b.Loop() {
		var v news.Version
		if err := DecodeLayers(blob, &v); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSON is what the codec is measured against.
func BenchmarkJSON(b *testing.B) {
	v := realistic()
	blob, _ := json.Marshal(v)
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			json.Marshal(v)
		}
		b.ReportMetric(float64(len(blob)), "bytes/version")
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			var v news.Version
			json.Unmarshal(blob, &v)
		}
	})
}

func TestCodecOfAnyType(t *testing.T) {
	type kept struct {
		Name   string
		Weight []float32
		Links  []news.Link
		Seen   uint64
	}
	type other struct{ Name string }
	in := kept{"ferry", []float32{.25, 1}, []news.Link{{From: "a", To: "b", Passages: []news.Passage{{Kind: news.Prose}}}}, 1 << 63}
	c := NewCodec[kept]()
	blob := c.Encode(&in)
	var out kept
	if err := c.Decode(blob, &out); err != nil || !reflect.DeepEqual(in, out) {
		t.Errorf("%+v came back as %+v, %v", in, out, err)
	}
	if err := NewCodec[other]().Decode(blob, &other{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a blob of another type: %v", err)
	}
	if c.Shape() == NewCodec[other]().Shape() {
		t.Error("two types have one shape")
	}
}
