package news

// Dependence is what is known, from all stories read, of one outlet taking its
// reports from another: a prior. A story counts once, by the strongest thing that
// the reports of the two share in it.
type Dependence struct {
	Outlet, From string
	Probability  float64 // that Outlet takes from From at all
	Rate         float64 // share of the stories it could take that it takes, if it does
	Unseen       float64 // probability that a report of it is taken when it does not show it
	Stories      int     // that both told, From not later, and that tell something
	First        int     // of these, From is known to have been first
	Copied       int     // its text is From's: a copy, cut, later version or excerpt
	Credited     int     // it prints From's copy and says so
	Carried      int     // it prints copy of From, of which there is no page; not in Stories
	Cited        int     // it names From
	Worded       int     // rare wording of From
	False        int     // the same wrong or outdated value
	True         int     // no more than the same
	Different    int     // another value
	Lag          int     // median minutes after From, in steps; -1 if unknown
	Shared       []Shared
}

// Links is in how many stories it is seen to have its report from From.
func (d Dependence) Links() int { return d.Copied + d.Credited + d.Carried + d.Cited }

// Shared is what two reports have in common, with the passages.
type Shared struct {
	How      string // "copy", "credit", "cites", "wording", "wrong value", …
	Strength int    // the stronger the more it says
	From, To Passing
}

// Passing is a passage of a version that can be found again: by its ID.
type Passing struct {
	ID string // Version.ID
	Place
}

// Prior is what is to be expected of a claim by what is known of who copies
// whom. It stands beside what was counted.
type Prior struct {
	Expected float64 // independent origins, within what was counted
	Leans    []Lean  // the strongest first
}

// Lean is an outlet that may have what it tells in its own voice from another.
type Lean struct {
	Outlet, From string
	Probability  float64
	Stories      int // that this rests on
}
