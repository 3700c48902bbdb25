package header

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// A column with no word on the page that says so, and reports that lean
// towards one: analysis, an interview, a feature.
func TestKindByVoice(t *testing.T) {
	column := `Why do we still believe the Harbour Board?

We have been here before. Two years ago the Harbour Board promised us a safe lock, and we believed it because we wanted to. Perhaps we should have asked what the promise was worth. Nothing, as it turns out.

I do not know a single engineer in this town who thought that the gates would hold. So why did nobody listen? Because listening would have cost money, and because the Board has never had to answer to the people whose cellars it floods.

It is a shameful story, and yet it is hardly a new one. Our council must stop pretending that this was the weather. It was not the weather. It was a choice, and a foolish one, made by men who will never have to carry a sofa up a flight of wet stairs.

We should demand an inquiry with teeth. We should ask why the report of the inspectors lay in a drawer. And we ought to remember, when the Board comes back with its next promise, how the last one ended.`
	report := `Harbour Board promises inquiry after lock gates fail

PORT AMBRY, Sarland (SNA) — The Harbour Board promised an inquiry on Tuesday after two gates of the lock failed and flooded 140 cellars, a spokeswoman said.

“We should have acted earlier, and I am sorry for that,” said Ilka Brandt, the head of the Board. “We must do better, and we will.”

Inspectors had reported cracks in the gates two years ago, according to a document that the Sarland News Agency has seen. The Board said that it had planned repairs for the autumn.

The mayor, Jonas Hale, told reporters that the council would discuss the report on Thursday. Residents said the water had come up within 20 minutes.

“Why did nobody listen to us?” said Mara Quill, whose house stands by the lock. “It is a shame, and I told them so.”

The Board operates 14 locks on the river. Three of them are older than the one at Port Ambry, it said in a statement.`
	analysis := `What the failed lock means for the Harbour Board

The failure of two gates at Port Ambry puts pressure on the Harbour Board, which had assured the council twice that the lock was safe, according to minutes of its meetings.

The Board said in March that repairs would cost 4 million crowns. Analysts say the figure is now closer to 9 million, as the walls beside the gates have moved. The council has set aside 2 million, the treasurer said.

Under the river act of 1998 the Board can be replaced by the ministry after a grave failure. That has happened once, in 2007, when a ferry sank at Kelling. The ministry said on Wednesday that it was looking at the case.

Ilka Brandt, who has led the Board for six years, told the council that she would stay. Two of the five members said they had not been shown the report of the inspectors.

The council meets on Thursday. A vote of no confidence needs 12 of its 21 members, and the mayor's party holds 9.`
	for _, c := range []struct {
		name, src string
		want      news.Kind
	}{
		{"a column", column, news.Opinion},
		{"a report with angry voices in quotation marks", report, news.Article},
		{"an analysis", analysis, news.Article},
		{"too short to tell", column[:strings.Index(column, "I do not")], news.Article},
	} {
		if _, m := Find(c.src, news.Given{}); m.Kind != c.want {
			x, n := Voice(c.src, news.Given{})
			t.Errorf("%s: got %s, want %s; %d words, %v", c.name, m.Kind, c.want, n, x)
		}
	}
}
