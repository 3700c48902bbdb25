package story

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

const (
	threadPair    = 0.35 // of two stories that follow each other
	threadAverage = 0.3  // between two groups of stories
	threadQuorum  = 0.2
)

// stage is the versions of one story that stand in one step.
type stage struct {
	story   int
	date    string
	members []int
	speak   []int // of them
}

// steps joins stories into threads and puts each thread in order.
func (f *fold) steps(members [][]int, stories []news.Story, near []pair) []news.Step {
	storyOf := f.placeOf(members)
	var between []pair
	for _, p := range near {
		if a, b := storyOf[p.a], storyOf[p.b]; a != b {
			between = append(between, pair{min(a, b), max(a, b)})
		}
	}
	slices.SortFunc(between, byPlace)
	between = slices.Compact(between)
	start, speak := make([][]int, len(members)), make([][]int, len(members))
	rank := make([]uint64, len(members))
	for i := range members {
		start[i], speak[i] = []int{i}, sample(members[i], f.rank, fewSpeak)
		rank[i] = hash(stories[i].ID)
	}
	j := joining{speak: fewSpeak, union: linkage{
		score: remember(func(a, b int) float64 { return f.threadScore(speak[a], speak[b]) }, between),
		close: threadPair, average: threadAverage, quorum: threadQuorum,
	}.union}
	var out []news.Step
	for _, t := range j.cluster(start, between, rank) {
		out = append(out, f.thread(t, members, stories)...)
	}
	return out
}

// threadScore is the average over the pairs between those who speak for two
// stories.
func (f *fold) threadScore(a, b []int) float64 {
	sum := 0.0
	for _, x := range a {
		for _, y := range b {
			sum += f.follow(min(x, y), max(x, y))
		}
	}
	return sum / float64(len(a)*len(b))
}

// thread puts the stages of some stories in order of time.
func (f *fold) thread(in []int, members [][]int, stories []news.Story) []news.Step {
	var stages []stage
	for _, s := range in {
		stages = append(stages, f.stages(s, members[s])...)
	}
	slices.SortFunc(stages, func(x, y stage) int {
		return cmp.Or(cmp.Compare(yes(x.date == ""), yes(y.date == "")), cmp.Compare(x.date, y.date), cmp.Compare(x.members[0], y.members[0]))
	})
	id := "thread" + stories[stages[0].story].ID[len("story"):]
	steps := make([]news.Step, len(stages))
	stageOf := map[int]int{}
	for i, s := range stages {
		for _, m := range s.members {
			stageOf[m] = i
		}
	}
	for i, s := range stages {
		steps[i] = news.Step{Thread: id, Order: i + 1, Story: stories[s.story].ID, Documents: f.names(s.members), Date: s.date}
		steps[i].Follows, steps[i].Note = f.follows(stages, stageOf, i, stories)
	}
	return steps
}

func (f *fold) names(members []int) []string {
	out := make([]string, len(members))
	for i, m := range members {
		out[i] = f.digests[m].Name
	}
	return out
}

// stages cuts a story into the days on which it moved on. A copy stands with
// the text it is a copy of, whenever it was run, and a text without a date
// with the first day.
func (f *fold) stages(story int, members []int) []stage {
	first := ""
	for _, m := range members {
		if d := f.digests[m].Date; d != "" && (first == "" || d < first) {
			first = d
		}
	}
	inside := map[int]bool{}
	for _, m := range members {
		inside[m] = true
	}
	byDay := map[string][]int{}
	for _, m := range members {
		d := f.digests[m].Date
		if o := f.original(m, inside); o != "" {
			d = o
		}
		d = cmp.Or(d, first)
		byDay[d] = append(byDay[d], m)
	}
	var out []stage
	for d, m := range byDay {
		out = append(out, stage{story, d, m, sample(m, f.rank, fewSpeak)})
	}
	slices.SortFunc(out, func(x, y stage) int { return cmp.Compare(x.date, y.date) })
	return out
}

// original returns the earliest date of the texts of which m is a copy, "" if
// its own is the earliest.
func (f *fold) original(m int, inside map[int]bool) string {
	date := ""
	for _, i := range f.linksOf[m] {
		l := f.links[i]
		if l.Relation != news.Copy && l.Relation != news.Trimmed {
			continue
		}
		twin := f.at[l.From]
		if twin == m {
			twin = f.at[l.To]
		}
		d := f.digests[twin].Date
		if inside[twin] && d != "" && d < f.digests[m].Date && (date == "" || d < date) {
			date = d
		}
	}
	return date
}

// follows names the texts of earlier steps that a step goes on from: those
// that it updates, or else the closest text of the closest step.
func (f *fold) follows(stages []stage, stageOf map[int]int, i int, stories []news.Story) (names []string, note string) {
	if i == 0 {
		return nil, ""
	}
	now := &stages[i]
	latest := -1
	for _, m := range now.members {
		for _, k := range f.linksOf[m] {
			l := f.links[k]
			from := f.at[l.From]
			s, here := stageOf[from]
			if l.Relation != news.EarlierVersion || from == m || !here || s >= i || s < latest {
				continue
			}
			if s > latest {
				names = names[:0]
			}
			names, latest = append(names, l.From), s
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		return slices.Compact(names), "updates an earlier version"
	}
	best, at := -1.0, i-1
	for back := max(0, i-followBack); back < i; back++ {
		s := f.threadScore(stages[back].speak, now.speak)
		if stages[back].story == now.story {
			s++ // a story goes on from itself
		}
		if s >= best {
			best, at = s, back
		}
	}
	before := &stages[at]
	if before.story == now.story {
		note = "the same story goes on"
	} else {
		note = fmt.Sprintf("follows “%s”", stories[before.story].Title)
	}
	return []string{f.digests[f.closest(before.members, now.speak)].Name}, note
}

// followBack is how many steps back a step looks for the one it follows.
const followBack = 40

// closest is the member of the first group that is most like those who speak
// for the second.
func (f *fold) closest(members, to []int) int {
	best, at := -1.0, members[0]
	for _, a := range members {
		sum := 0.0
		for _, b := range to {
			sum += f.score(min(a, b), max(a, b)).story + f.follow(min(a, b), max(a, b))
		}
		if sum > best {
			best, at = sum, a
		}
	}
	return at
}
