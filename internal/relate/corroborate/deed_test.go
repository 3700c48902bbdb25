package corroborate

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

func TestWhatHappened(t *testing.T) {
	for _, c := range []struct {
		sentence, heads string
		planned         bool
		negated         bool
	}{
		{"Tarrek met Okoro in the lakeside palace.", "meet", false, false},
		{"Tarrek held talks with Okoro in the lakeside palace.", "meet", false, false},
		{"Tarrek will meet Okoro in the lakeside palace.", "meet", true, false},
		{"Tarrek is to resign as mayor of Orlent.", "resign", true, false},
		{"The meeting with Okoro took place in the palace.", "meet", false, false},
		{"Tarrek has crossed back into Vardia by train.", "return", false, false},
		{"The number of people killed in the flood rose to 11.", "die", false, false},
		{"Tarrek agreed to buy the dairy of Castine.", "buy", false, false},
		{"Tarrek vowed to raise the minimum wage.", "pledge raise", true, false},
		{"The agency announced the resignation of Tarrek.", "resign", false, false},
		{"The two leaders did not sign the pact on gas.", "sign", false, true},
		{"No agreements were signed at the summit.", "sign", false, true},
		{"Tarrek blamed Velia, and not Kessland, for the failure.", "blame", false, false},
		{"Tarrek met Okoro without advisers.", "meet", false, false},
		{"Mark Hallam was found not guilty of fraud.", "acquit", false, false},
		{"There were no note-takers in the meeting with Okoro.", "meet", false, false},
		{"Tarrek did not arrive until Monday.", "arrive", false, false},
		{"The talks were not a summit but a meeting.", "meet", false, false},
		{"No question, Tarrek won the election.", "elect", false, false},
		{"Nobody runs a city better than Tarrek does.", "~run", false, false},
		{"Do not call it a summit.", "~call", false, false},
		{"No trade deal was signed in the palace.", "sign", false, true},
		{"Tarrek is likely to resign.", "resign", true, false},
		{"Vardia attempted to meddle in the election.", "interfere", false, false},
		{"The dairy was in talks to buy its rival.", "discuss buy", true, false},
		{"The dairy held talks on a merger with its rival.", "discuss merge", true, false},
		{"The dairy was in advanced talks about a merger.", "discuss merge", true, false},
		{"Tarrek held talks with Okoro.", "meet", false, false},
		{"Vardia was preparing an attack on the port.", "prepare attack", true, false},
		{"A clash broke out in the market.", "clash", false, false},
		{"A van loaded with apples crashed into the wall.", "crash", false, false},
		{"Most of the shops will close in spring.", "close", true, false},
		{"The school would be shut for a week.", "close", false, false},
		{"Students used the summit to hold a protest.", "protest", false, false},
		{"Hours before the summit, Tarrek faces a cold crowd.", "", false, false},
		{"Tarrek hopes to confront Okoro over the attack.", "~confront", false, false},
		{"Tarrek is ready to meet Okoro.", "meet", true, false},
		{"The court did not say whether Tarrek left the city.", "leave", false, true},
	} {
		v := annotated(news.Version{Name: "a", Text: "Paper\n\nFiller stands here for a start, the mayor said on Monday.\n\n" + c.sentence + "\n"})
		ts := v.Tokens
		for len(ts) > 0 && !strings.HasPrefix(v.Text[ts[0].Span.Start:], c.sentence) {
			ts = ts[1:]
		}
		d := deedOf(ts)
		if got := strings.Join(d.mains, " "); got != c.heads || d.planned != c.planned || d.negates(ts) != c.negated {
			t.Errorf("%s\n  heads %q planned %v negated %v, want %q %v %v", c.sentence, got, d.planned, d.negates(ts), c.heads, c.planned, c.negated)
		}
	}
}
