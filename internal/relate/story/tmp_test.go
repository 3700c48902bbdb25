package story
import ("testing";"fmt")
func TestTmp(t *testing.T) {
	h, e := helsinki(t), ecbPlus(t)
	hd, hl := h.digest(); ed, el := e.digest()
	o := one(1000)
	for _, x := range []float64{0, 1, 2, 4} {
		*alone = x
		s, _ := Fold(hd, hl); _, _, f := h.bcubed(s)
		s, _ = Fold(ed, el); _, _, g := e.bcubed(s)
		s, _ = Fold(o, nil)
		fmt.Println(x, f, g, len(s))
	}
}
