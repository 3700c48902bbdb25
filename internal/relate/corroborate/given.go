package corroborate

import (
	"strings"
	"sync"
)

// givenForms are given names and the short forms under which their bearers go, a
// name a line. Facts of English use; the full form comes first.
const givenForms = `
Abraham Abe
Albert Al Bert
Alexander Alex Alec Sandy
Alexandra Alex Sandra
Alfred Al Alf Fred
Andrew Andy Drew
Anthony Tony
Arthur Art
Barbara Barb
Benjamin Ben Benny
Bernard Bernie
Catherine Cathy Kate Katie
Charles Charlie Chuck
Christina Chris Tina
Christine Chris Chrissy
Christopher Chris Kit
Daniel Dan Danny
David Dave Davey
Deborah Deb Debbie
Donald Don Donnie
Douglas Doug
Edward Ed Eddie Ted Ned
Elizabeth Liz Beth Betty Betsy Lizzie Eliza
Eugene Gene
Francis Frank
Frederick Fred Freddie
Gabriel Gabe
Gerald Gerry Jerry
Gregory Greg
Harold Hal Harry
Henry Harry Hank
Jacob Jake
Jacqueline Jackie
James Jim Jimmy Jamie
Janet Jan
Jeffrey Jeff
Jennifer Jen Jenny
Jessica Jess Jessie
John Johnny Jack Jon
Jonathan Jon
Joseph Joe Joey
Joshua Josh
Judith Judy
Katherine Kathy Kate Katie Kay
Kenneth Ken Kenny
Lawrence Larry
Leonard Len Leo
Margaret Maggie Meg Peggy
Matthew Matt
Michael Mike Mick Mickey
Mitchell Mitch
Nathaniel Nat Nate
Nicholas Nick Nicky
Pamela Pam
Patricia Pat Patty Trish
Patrick Pat Paddy
Peter Pete
Philip Phil
Phillip Phil
Raymond Ray
Rebecca Becky
Reginald Reg Reggie
Richard Dick Rick Rich Ricky
Robert Bob Bobby Rob Robbie
Ronald Ron Ronnie
Samantha Sam
Samuel Sam Sammy
Stephen Steve
Steven Steve
Susan Sue Susie
Theodore Ted Teddy Theo
Theresa Terry Tess
Thomas Tom Tommy
Timothy Tim
Vincent Vince
Walter Walt
William Bill Billy Will Willy
Zachary Zach Zack
`

// fullGiven maps each form to the names that it can be short for.
var fullGiven = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(givenForms) {
		forms := strings.Fields(line)
		for _, f := range forms {
			out[f] = append(out[f], forms[0])
		}
	}
	return out
})

// oneGiven reports whether two given names can be forms of one.
func oneGiven(a, b string) bool {
	table := fullGiven()
	for _, x := range table[a] {
		for _, y := range table[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}
