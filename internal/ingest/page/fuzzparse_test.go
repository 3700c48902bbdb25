package page

import "testing"

func FuzzParse(f *testing.F) {
	for _, s := range []string{"<ul><li>a<li>b</ul>", "<table><td><a><p></a></table>", "<svg><title/></svg><title>a", "<!--x<p a='>", "<x-y></x-y ><br><br></br>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		d := parse(src)
		for i, n := range d.nodes {
			if int(n.parent) >= i || int(n.end) <= i || int(n.end) > len(d.nodes) || n.start < 0 || n.stop < n.start || int(n.stop) > len(src) {
				t.Fatalf("node %d: %+v", i, n)
			}
			if i > 0 && (n.parent < 0 || n.end > d.nodes[n.parent].end) {
				t.Fatalf("node %d: %+v leaves %+v", i, n, d.nodes[n.parent])
			}
		}
	})
}
