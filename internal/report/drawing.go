package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// drawing is a lineage graph laid out: dates from left to right, a box for
// each page, dashed boxes for originals nobody has seen. All measures are in
// SVG pixels.
type drawing struct {
	Width, Height int
	Days          []dayMark
	Boxes         []box
	Lines         []connector
	Labels        []label
}

type dayMark struct {
	X, Width int // of its columns
	Text     string
	Shade    bool
}

type box struct {
	X, Y, W, H int
	Unseen     bool
	Link       string // fragment of the article
	Lines      []boxLine
}

type boxLine struct {
	DX, DY int
	Class  string
	Text   string
}

type connector struct {
	Path  string
	Class string // "copy", "version", "background", "shared"
	Arrow bool
	Title string
}

type label struct {
	X, Y  int
	Class string
	Text  string
}

// Least is the width below which the drawing is scrolled and not made smaller.
func (d *drawing) Least() int { return d.Width * 4 / 5 }

// Measures of the drawing.
const (
	boxWidth   = 196
	boxHeight  = 56
	lane       = 16  // height kept free for a line that passes a column
	columnGap  = 124 // wide enough for a label
	rowGap     = 22
	topMargin  = 40
	sideMargin = 14
	labelWide  = 6 // of a character, rather too much than too little
	labelHigh  = 15
)

// place is a node, or a bend of a line on its way past a column.
type place struct {
	n        *node // nil for a bend
	col      int
	y, h     float64
	ins, out []*place
	beside   []*place // linked within the column
}

func (p *place) mid() float64 { return p.y + p.h/2 }

// route is an edge with the places it goes through.
type route struct {
	e   edge
	via []*place
}

// draw lays the graph out. Pages that hang on nothing are left out when
// others do, as they would only widen the picture.
func draw(g graph) *drawing {
	linked := map[*node]bool{}
	for _, e := range g.edges {
		linked[e.from], linked[e.to] = true, true
	}
	var nodes []*node
	for _, n := range g.nodes {
		if linked[n] {
			nodes = append(nodes, n)
		}
	}
	if len(nodes) == 0 || len(nodes) > 60 {
		return nil
	}
	cols, days := columns(nodes, g.edges)
	columnsOf := make([][]*place, 0, len(days))
	at := map[*node]*place{}
	put := func(p *place) {
		for len(columnsOf) <= p.col {
			columnsOf = append(columnsOf, nil)
		}
		columnsOf[p.col] = append(columnsOf[p.col], p)
	}
	for _, n := range nodes {
		p := &place{n: n, col: cols[n], h: boxHeight}
		at[n] = p
		put(p)
	}
	var routes []route
	for _, e := range g.edges {
		a, b := at[e.from], at[e.to]
		r := route{e, []*place{a}}
		for c := a.col + 1; c < b.col; c++ {
			bend := &place{col: c, h: lane}
			put(bend)
			r.via = append(r.via, bend)
		}
		r.via = append(r.via, b)
		if a.col < b.col {
			for i := 1; i < len(r.via); i++ {
				r.via[i-1].out = append(r.via[i-1].out, r.via[i])
				r.via[i].ins = append(r.via[i].ins, r.via[i-1])
			}
		}
		if a.col == b.col {
			a.beside, b.beside = append(a.beside, b), append(b.beside, a)
		}
		routes = append(routes, r)
	}
	arrange(columnsOf)
	return paintDrawing(columnsOf, routes, days)
}

// columns gives each node its column: first by date, then, within a date, by
// who comes from whom. An unseen original stands with the first page that
// comes from it. days holds, for each column, the date it belongs to.
func columns(nodes []*node, edges []edge) (map[*node]int, []string) {
	date := map[*node]string{}
	for _, n := range nodes {
		if n.page != nil {
			date[n] = n.page.date
		}
	}
	for _, n := range nodes {
		if n.page != nil {
			continue
		}
		first := true
		for _, e := range edges {
			if e.from == n && (first || e.to.page != nil && e.to.page.date < date[n]) {
				date[n], first = e.to.page.date, false
			}
		}
	}
	depth := map[*node]int{}
	// As many rounds as nodes would find any longest way; a circle, which no
	// true lineage has, ends with them.
	for range min(len(nodes), 12) {
		moved := false
		for _, e := range edges {
			if !e.plain && date[e.from] == date[e.to] && depth[e.to] < depth[e.from]+1 {
				depth[e.to] = depth[e.from] + 1
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	var dates []string
	most := map[string]int{}
	for _, n := range nodes {
		d := date[n]
		if _, ok := most[d]; !ok {
			dates = append(dates, d)
		}
		most[d] = max(most[d], depth[n])
	}
	slices.Sort(dates)
	start := map[string]int{}
	var days []string
	for _, d := range dates {
		start[d] = len(days)
		for range most[d] + 1 {
			days = append(days, d)
		}
	}
	cols := map[*node]int{}
	for _, n := range nodes {
		cols[n] = start[date[n]] + depth[n]
	}
	return cols, days
}

// arrange orders each column so that lines cross little, and then moves the
// places towards what they hang on.
func arrange(cols [][]*place) {
	stack := func() {
		for _, col := range cols {
			y := 0.0
			for _, p := range col {
				p.y = y
				y += p.h + rowGap
			}
		}
	}
	stack()
	for sweep := range 8 {
		for i := range cols {
			c := i
			if sweep%2 == 1 {
				c = len(cols) - 1 - i
			}
			slices.SortStableFunc(cols[c], func(a, b *place) int {
				return cmp.Compare(pullOn(a, sweep%2 == 0), pullOn(b, sweep%2 == 0))
			})
			y := 0.0
			for _, p := range cols[c] {
				p.y = y
				y += p.h + rowGap
			}
		}
	}
	for _, col := range cols {
		neighbours(col)
	}
	for range 10 {
		for _, col := range cols {
			settle(col)
		}
	}
	top := 0.0
	for i, col := range cols {
		for k, p := range col {
			if i == 0 && k == 0 || p.y < top {
				top = p.y
			}
		}
	}
	for _, col := range cols {
		for _, p := range col {
			p.y += topMargin - top
		}
	}
}

// pullOn is the middle of the places before (or behind) p, or of p itself if
// there are none.
func pullOn(p *place, before bool) float64 {
	near := p.out
	if before {
		near = p.ins
	}
	if len(near) == 0 {
		return p.mid()
	}
	sum := 0.0
	for _, o := range near {
		sum += o.mid()
	}
	return sum / float64(len(near))
}

// neighbours brings a place that is linked to nothing but places of its own
// column next to the first of these.
func neighbours(col []*place) {
	for i := len(col) - 1; i >= 0; i-- {
		p := col[i]
		if len(p.ins)+len(p.out) > 0 || len(p.beside) == 0 {
			continue
		}
		at := slices.Index(col, p.beside[0])
		if at < i {
			copy(col[at+2:i+1], col[at+1:i])
			col[at+1] = p
		} else {
			copy(col[i:at-1], col[i+1:at])
			col[at-1] = p
		}
	}
}

// settle moves a column's places to the middle of their neighbours, keeping
// their order and distance.
func settle(col []*place) {
	want := make([]float64, len(col))
	for i, p := range col {
		near := slices.Concat(p.ins, p.out)
		want[i] = p.y
		switch {
		case len(near) > 0:
		case i > 0:
			want[i] = col[i-1].y + col[i-1].h + rowGap
		case len(col) > 1:
			want[i] = col[1].y - rowGap - p.h
		}
		if len(near) > 0 {
			sum := 0.0
			for _, o := range near {
				sum += o.mid()
			}
			want[i] = sum/float64(len(near)) - p.h/2
		}
	}
	shift := 0.0
	for i, p := range col {
		p.y = want[i]
		if i > 0 {
			p.y = max(p.y, col[i-1].y+col[i-1].h+rowGap)
		}
		shift += want[i] - p.y
	}
	for _, p := range col {
		p.y += shift / float64(len(col))
	}
}

func columnX(c int) int { return sideMargin + c*(boxWidth+columnGap) }

func paintDrawing(cols [][]*place, routes []route, days []string) *drawing {
	d := &drawing{Width: columnX(len(cols)) - columnGap + sideMargin + 40}
	for _, col := range cols {
		for _, p := range col {
			d.Height = max(d.Height, int(p.y+p.h)+20)
			if p.n != nil {
				d.Boxes = append(d.Boxes, boxOf(p))
			}
		}
	}
	for i := 0; i < len(days); {
		j := i
		for j < len(days) && days[j] == days[i] {
			j++
		}
		m := dayMark{X: columnX(i), Width: columnX(j) - columnX(i) - columnGap, Text: day(days[i]), Shade: len(d.Days)%2 == 0}
		d.Days = append(d.Days, m)
		i = j
	}
	ports := portsOf(routes)
	for k, r := range routes {
		c := connector{Class: classOf(r.e.relation), Arrow: !r.e.plain, Title: titleOfEdge(r.e)}
		last := len(r.via) - 1
		a, b := r.via[0], r.via[last]
		if a.col >= b.col {
			x, y1, y2 := columnX(max(a.col, b.col))+boxWidth, a.mid()+8, b.mid()-8
			if y1 > y2 {
				y1, y2 = a.mid()-8, b.mid()+8
			}
			c.Path = fmt.Sprintf("M%d %.1f C%d %.1f %d %.1f %d %.1f", columnX(a.col)+boxWidth, y1, x+46, y1, x+46, y2, columnX(b.col)+boxWidth, y2)
			d.Lines = append(d.Lines, c)
			continue
		}
		var path strings.Builder
		y := ports[k].out
		fmt.Fprintf(&path, "M%d %.1f", columnX(a.col)+boxWidth, y)
		for i := 1; i <= last; i++ {
			x1, x2 := columnX(r.via[i-1].col)+boxWidth, columnX(r.via[i].col)
			to := r.via[i].mid()
			if i == last {
				to = ports[k].in
				d.Labels = append(d.Labels, d.label(r.e, x1, x2, y, to))
			}
			fmt.Fprintf(&path, " C%d %.1f %d %.1f %d %.1f", (x1+x2)/2, y, (x1+x2)/2, to, x2, to)
			if i < last {
				fmt.Fprintf(&path, " H%d", x2+boxWidth)
			}
			y = to
		}
		c.Path = path.String()
		d.Lines = append(d.Lines, c)
	}
	return d
}

// port is where a line leaves its first box and enters its last.
type port struct{ out, in float64 }

// portsOf spreads the lines of a box over its side, in the order in which
// they come from above.
func portsOf(routes []route) []port {
	ports := make([]port, len(routes))
	out, in := map[*place][]int{}, map[*place][]int{}
	for k, r := range routes {
		a, b := r.via[0], r.via[len(r.via)-1]
		out[a], in[b] = append(out[a], k), append(in[b], k)
	}
	for p, ks := range out {
		slices.SortStableFunc(ks, func(i, j int) int { return cmp.Compare(routes[i].via[1].mid(), routes[j].via[1].mid()) })
		for i, k := range ks {
			ports[k].out = spread(p, i, len(ks))
		}
	}
	for p, ks := range in {
		before := func(k int) float64 { return routes[k].via[len(routes[k].via)-2].mid() }
		slices.SortStableFunc(ks, func(i, j int) int { return cmp.Compare(before(i), before(j)) })
		for i, k := range ks {
			ports[k].in = spread(p, i, len(ks))
		}
	}
	return ports
}

func spread(p *place, i, n int) float64 {
	step := min(16, (p.h-10)/float64(n))
	return p.mid() + step*(float64(i)-float64(n-1)/2)
}

// label finds a place on a line, in the gap before its last box, that no
// other label holds.
func (d *drawing) label(e edge, x1, x2 int, y1, y2 float64) label {
	l := label{Class: classOf(e.relation), Text: relationWords(e.relation)}
	for _, t := range [...]float64{.5, .58, .42} {
		// A cubic with level ends: x and y by Bernstein's weights.
		s := 1 - t
		mid := float64(x1+x2) / 2
		x := s*s*s*float64(x1) + 3*s*s*t*mid + 3*s*t*t*mid + t*t*t*float64(x2)
		y := (s*s*s+3*s*s*t)*y1 + (3*s*t*t+t*t*t)*y2
		l.X, l.Y = int(x), int(y)-3
		if d.free(l) {
			return l
		}
	}
	for l.Y > labelHigh && !d.free(l) {
		l.Y -= 4
	}
	return l
}

func (d *drawing) free(l label) bool {
	for _, o := range d.Labels {
		wide := labelWide * (len(l.Text) + len(o.Text)) / 2
		if abs(l.X-o.X) < wide && abs(l.Y-o.Y) < labelHigh {
			return false
		}
	}
	return true
}

func abs(n int) int { return max(n, -n) }

func boxOf(p *place) box {
	b := box{X: columnX(p.col), Y: int(p.y), W: boxWidth, H: boxHeight}
	if p.n.page == nil {
		b.Unseen = true
		for i, s := range wrap("unseen: "+plain(p.n.unseen), 30) {
			if i == 3 {
				b.Lines[2].Text = cut(b.Lines[2].Text+" ……", 28)
				break
			}
			b.Lines = append(b.Lines, boxLine{10, 17 + 15*i, "small", s})
		}
		return b
	}
	pg := p.n.page
	b.Link = pg.id()
	b.Lines = append(b.Lines, boxLine{10, 18, "name", clip(fmt.Sprintf("%d  %s", pg.num, pg.outlet), 25)})
	whose := day(pg.date)
	if pg.agency != "" {
		whose = cut(pg.agency, 11) + " text · " + pg.date
	}
	b.Lines = append(b.Lines, boxLine{10, 34, "small", whose}, boxLine{10, 48, "file", cut(pg.file(), 30)})
	return b
}

func (pg *page) id() string { return fmt.Sprintf("page-%d", pg.num) }

func classOf(r news.Relation) string {
	switch r {
	case news.Copy, news.Trimmed, news.Excerpt:
		return "copy"
	case news.EarlierVersion:
		return "version"
	case news.BackgroundReuse:
		return "background"
	}
	return "shared"
}

func titleOfEdge(e edge) string {
	s := short(e.from) + " → " + short(e.to) + ": " + relationWords(e.relation)
	if e.plain {
		s = short(e.from) + " and " + short(e.to) + ": " + relationWords(e.relation)
	}
	if e.passages > 0 {
		s += ", " + count(e.passages, "passage")
	}
	if e.note != "" {
		s += ". " + plain(e.note)
	}
	return s
}
