package corroborate

import (
	"fmt"
	"sort"

	"github.com/tracewire/tracewire/internal/news"
)

func tensions(groups []news.Group, members [][]*statement, versions []*news.Version, fam []int, tied map[string]string, w termWeights) []news.Tension {
	var out []news.Tension
	sort.Slice(out, func(i, j int) bool { return out[i].A.Group < out[j].A.Group })
	for i := range out {
		out[i].ID = fmt.Sprintf("t%02d", i+1)
	}
	return out
}
