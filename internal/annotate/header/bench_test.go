package header

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// samplePage is an invented page of the size that agency reports have on
// other sites: about 3 KB.
var samplePage = "Harbor ferry runs aground in fog, 3 rescued\nBy The Associated Press\nNovember 3, 2023 GMT\n1 of 2\n" +
	"Rescuers carry a passenger from the ferry Lady Bell in Harbor Falls, Ore., Friday, Nov. 3, 2023. (Jo Reyes/The Harbor Times via AP)\n" +
	"HARBOR FALLS, Ore. (AP) — Three people were rescued Friday after a ferry ran aground in thick fog near Harbor Falls, the Coast Guard said.\n" +
	strings.Repeat("The 60-foot ferry Lady Bell hit rocks shortly after 7 a.m. on its way to Dunmore, Petty Officer Dana Cole said in a statement. “It was a miracle that nobody was hurt,” the town’s mayor, Ruth Denning, told reporters at the pier on Friday afternoon.\n", 10) +
	"___\nAssociated Press writers Max Boone in Portland and Ida Wells in Seattle contributed to this report.\n" +
	"Copyright 2023 The Associated Press. All rights reserved.\nTrending Now\nLottery winner gives away half of his prize\nMan builds boat in basement\n"

func BenchmarkFind(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(samplePage)))
	for b.Loop() {
		Find(samplePage, news.Given{URL: "https://www.example.com/a"})
	}
}
