package story

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// picker draws words by chance: of of them, out of from.
func picker(r *rand.Rand) func(stem string, of, from int) []Term {
	return func(stem string, of, from int) []Term {
		counts := map[string]float32{}
		for range of {
			counts[fmt.Sprintf("%s%d", stem, r.IntN(from))] = 1 + r.Float32()
		}
		return terms(counts)
	}
}

func both(a, b []Term) []Term {
	counts := map[string]float32{}
	for _, t := range append(append([]Term{}, a...), b...) {
		counts[t.Word] = t.Weight
	}
	return terms(counts)
}

// invented makes n digests of stories of about ten texts each, in courses of
// about six stories, with words drawn by chance.
func invented(n int) []D {
	r := rand.New(rand.NewPCG(7, 11))
	pick := picker(r)
	var out []D
	for len(out) < n {
		course := len(out) / 60
		stem := fmt.Sprintf("story%d-", len(out)/10)
		who := fmt.Sprintf("course%d-", course)
		d := D{
			Name:      fmt.Sprintf("text-%05d", (len(out)*7919)%n),
			Date:      fmt.Sprintf("2031-%02d-%02d", 1+course%12, 1+(len(out)/10)%28),
			LedeWords: both(pick(stem, 9, 10), pick("common", 6, 2000)),
			LedeNames: both(pick(who, 5, 5), pick("name", 2, 5000)),
			Words:     both(pick(stem, 40, 40), pick("common", 60, 2000)),
			Names:     both(pick(who, 10, 12), pick("name", 20, 5000)),
			Phrases:   pick(stem+"phrase", 12, 14),
			Bigrams:   both(pick(stem+"row", 40, 60), pick(fmt.Sprintf("own%d-", len(out)), 80, 200)),
		}
		d.Head = d.LedeWords
		out = append(out, d)
	}
	return out
}

func BenchmarkDigest(b *testing.B) {
	v := annotate(news.Version{Name: "a", Text: longText()})
	b.SetBytes(int64(len(v.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Digest(v)
	}
}

func BenchmarkCompare(b *testing.B) {
	d := invented(20)
	x, y := readyBoth(d[0], d[1])
	b.ReportAllocs()
	for b.Loop() {
		featuresOf(&x, &y)
	}
}

func BenchmarkFold612(b *testing.B)   { benchmarkFold(b, 612) }
func BenchmarkFold10000(b *testing.B) { benchmarkFold(b, 10000) }

func benchmarkFold(b *testing.B, n int) {
	d := invented(n)
	b.ReportAllocs()
	for b.Loop() {
		Fold(d, nil)
	}
}

func BenchmarkFoldHelsinki(b *testing.B) {
	digests, links := helsinki(b).digest()
	b.ReportAllocs()
	for b.Loop() {
		Fold(digests, links)
	}
}

func TestDigestIsSmall(t *testing.T) {
	raw, err := json.Marshal(Digest(annotate(news.Version{Name: "a", Text: longText()})))
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 16<<10 {
		t.Errorf("a digest takes %d bytes", len(raw))
	}
}

// longText is 3 KB in the shape of agency copy, with words drawn by chance.
func longText() string {
	r := rand.New(rand.NewPCG(3, 5))
	words := []string{"minister", "said", "harbor", "the", "a", "of", "Ostrava", "Tamsin", "Vell", "strike", "closed", "on", "Tuesday", "12", "workers", "after", "fire", "officials", "police", "reported", "ferry", "in", "Norland", "and", "government", "bridge", "collapsed"}
	s := "Ferry strike closes harbor at Vell\n\nVELL, Norland (NPA) — "
	for len(s) < 3000 {
		s += "The "
		for range 12 {
			s += fmt.Sprintf("%s%s ", words[r.IntN(len(words))], []string{"", "", "", string(rune('a' + r.IntN(26)))}[r.IntN(4)])
		}
		s += "was seen.\n"
	}
	return s
}

// one makes n digests that all share most of their words, as in a course of
// events that thousands tell: the hardest case for the folding. (They are drawn
// by chance, so they stay several stories.)
func one(n int) []D {
	var d []D
	r := rand.New(rand.NewPCG(2, 3))
	pick := picker(r)
	for i := range n {
		x := D{
			Name: fmt.Sprintf("text-%05d", i), Date: fmt.Sprintf("2031-05-%02d", 5+i%3),
			LedeWords: both(pick("word", 12, 12), pick("common", 2, 2000)),
			LedeNames: both(pick("who", 8, 6), nil),
			Words:     both(pick("word", 60, 40), pick("common", 6, 2000)),
			Names:     both(pick("who", 20, 10), pick("name", 2, 5000)),
			Phrases:   pick("phrase", 12, 14),
		}
		x.Head = x.LedeWords
		d = append(d, x)
	}
	return d
}

func BenchmarkFoldOneStory1000(b *testing.B) { benchmarkOne(b, 1000) }
func BenchmarkFoldOneStory5000(b *testing.B) { benchmarkOne(b, 5000) }

func benchmarkOne(b *testing.B, n int) {
	d := one(n)
	b.ReportAllocs()
	for b.Loop() {
		stories, _ := Fold(d, nil)
		b.ReportMetric(float64(len(stories)), "stories")
	}
}
