package text

import (
	"fmt"
	"testing"
)

func TestWords(t *testing.T) {
	of := map[string]int{"": 7, "é": 8}
	for i := range 5000 {
		of[fmt.Sprintf("word%d", i*7)] = i + 1
		of[fmt.Sprintf("%d-and-more-of-it-%d", i, i%9)] = -i - 1
	}
	w := WordsOf(of)
	for word, want := range of {
		if got := w.At(word); got != want {
			t.Fatalf("At(%q) = %d, want %d", word, got, want)
		}
	}
	for i := range 5000 {
		if word := fmt.Sprintf("none%d", i); w.At(word) != 0 || w.Has(word) {
			t.Fatalf("%q is in no lexicon", word)
		}
	}
	var none Words[int]
	if none.At("word") != 0 || none.Has("") {
		t.Error("the zero value knows a word")
	}
}

var benchWords = [...]string{"the", "ferry", "sank", "off", "estermouth", "on", "tuesday", "officials", "said", "hydroelectricity"}

func BenchmarkWords(b *testing.B) {
	of := map[string]int{}
	for i := range 8000 {
		of[fmt.Sprintf("word%d", i)] = i
	}
	of["the"], of["said"], of["off"] = 1, 2, 3
	w := WordsOf(of)
	for i := 0; b.Loop(); i++ {
		w.At(benchWords[i%len(benchWords)])
	}
}

func BenchmarkMapOfWords(b *testing.B) {
	of := map[string]int{}
	for i := range 8000 {
		of[fmt.Sprintf("word%d", i)] = i
	}
	of["the"], of["said"], of["off"] = 1, 2, 3
	for i := 0; b.Loop(); i++ {
		_ = of[benchWords[i%len(benchWords)]]
	}
}
