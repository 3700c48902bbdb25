package eval_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/tracewire/tracewire/eval/propagation"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// The figures on invented stories must not fall either: floors.json, under
// "propagation".
func TestPropagationStaysAboveFloors(t *testing.T) {
	raw, err := os.ReadFile("floors.json")
	if err != nil {
		t.Fatal(err)
	}
	var b struct {
		Propagation struct {
			Stories int
			Floors  []struct {
				Measure          string
				Floor, Precision float64
			}
		}
	}
	if err := json.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	if len(b.Propagation.Floors) == 0 {
		t.Fatal("floors.json has no floors for propagation")
	}
	r, err := propagation.Score(b.Propagation.Stories, 1, relateInMemory)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.Propagation.Floors {
		row, has := r.Find(f.Measure)
		if !has {
			t.Errorf("%s: not measured", f.Measure)
			continue
		}
		v, _ := row.Count.Value()
		hold(t, f.Measure, v, f.Floor)
		if f.Precision > 0 {
			p, _ := row.Count.Precision()
			hold(t, f.Measure+", precision", p, f.Precision)
		}
	}
}

// Who copies whom is found out from a few dozen stories.
func TestHabitsAreLearned(t *testing.T) {
	r, err := propagation.ScoreHabits(120, []uint64{11}, threadsInMemory)
	if err != nil {
		t.Fatal(err)
	}
	for name, floor := range map[string]float64{"heavy: dependence ranked": 0.95, "heavy: dependence told": 0.8, "light: often enough": 0.9} {
		row, has := r.Find(name)
		if v, _ := row.Count.Value(); !has {
			t.Errorf("%s: not measured", name)
		} else {
			hold(t, name, v, floor)
		}
	}
}

// relateInMemory runs the whole pipeline over versions.
func relateInMemory(in []news.Version) (propagation.Answer, error) {
	var a propagation.Answer
	threads, err := threadsInMemory(in)
	if err != nil {
		return a, err
	}
	versions, relations := pipeline.Combine(threads)
	for _, v := range versions {
		a.Versions = append(a.Versions, *v)
	}
	a.Relations = relations
	a.Origins = func(claims []news.ClaimRef) news.Group {
		return pipeline.Origins(pipeline.Thread{Versions: versions, Relations: relations}, claims)
	}
	return a, nil
}

func threadsInMemory(in []news.Version) ([]pipeline.Thread, error) {
	e := pipeline.Engine{Store: memory.New(), Workers: 1}
	if err := e.Add(context.Background(), slices.Values(in)); err != nil {
		return nil, err
	}
	var threads []pipeline.Thread
	err := e.Relate(context.Background(), nil, func(t pipeline.Thread) error {
		threads = append(threads, t)
		return nil
	})
	return threads, err
}
