package corroborate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// generated makes n invented pages on one happening: the same few events in
// different words, copies of whole sentences, and much that no other page has.
func generated(n int) []*news.Version {
	r := rand.New(rand.NewPCG(7, 11))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	out := make([]*news.Version, n)
	for i := range out {
		outlet := fmt.Sprintf("Outlet %d", i%400)
		text := ""
		for range 12 {
			day := pick("Monday", "Tuesday", "Wednesday")
			switch r.IntN(6) {
			case 0:
				text += fmt.Sprintf("%s %s %d people in %s on %s, officials said.\n\n", pick("The flood", "High water", "A wave of mud"), pick("killed", "drowned", "injured"), 5+r.IntN(30), pick("Hathering", "Selbeck", "Orrin"), day)
			case 1:
				text += fmt.Sprintf("Prime Minister Edvard Stenn %s %s in %s on %s.\n\n", pick("met", "held talks with", "visited", "criticised"), pick("Oda Halvern", "Tomas Rekker", "the families"), pick("Hathering", "Estermouth"), day)
			case 2:
				text += "The Brindle Dam gave way shortly after three in the morning after four days of heavy rain.\n\n"
			case 3:
				text += fmt.Sprintf("%s %s%d, who lives in street %d, lost a %s and a %s.\n\n", pick("Marta", "Joren", "Ilse"), pick("Quill", "Pask", "Drang"), r.IntN(5000), r.IntN(900), pick("shed", "barn", "car", "dog"), pick("boat", "tractor", "piano"))
			case 4:
				text += fmt.Sprintf("The company %s %d of its %d gates in %d, a letter of the inspectors shows.\n\n", pick("repaired", "inspected", "closed"), 1+r.IntN(3), 3+r.IntN(9), 2000+r.IntN(24))
			case 5:
				text += fmt.Sprintf("“We heard a sound like %s %d,” said %s Oake, a %s from %s.\n\n", pick("a train", "thunder", "a mill"), r.IntN(9000), pick("Ben", "Lara", "Pia"), pick("baker", "driver", "teacher"), pick("Hathering", "Selbeck"))
			}
		}
		out[i] = annotated(news.Version{Name: fmt.Sprintf("%05d", i), Text: text, Given: news.Given{Outlet: outlet}})
	}
	return out
}

// Folding a story must stay near n log n. The figure per page is what to look at.
func BenchmarkFold(b *testing.B) {
	for _, n := range []int{100, 500, 2500, 5000} {
		versions := generated(n)
		b.Run(fmt.Sprintf("%d pages", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Fold(versions, nil, nil)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "us/page")
		})
	}
}
