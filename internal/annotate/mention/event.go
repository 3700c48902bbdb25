package mention

import "github.com/tracewire/tracewire/internal/news"

// placeNoun tells what sort of place or thing a common noun names, for those
// that news texts refer back to; "" for all others.
func placeNoun(w string) news.EntityType {
	switch w {
	case "region", "river", "border", "coast", "peninsula", "valley":
		return news.Location
	case "plant", "plants", "factory", "factories", "station", "center", "centre", "facility", "facilities", "base",
		"airport", "hospital", "prison", "palace", "stadium", "port", "refinery", "dam", "bridge":
		return news.Facility
	case "train", "satellite", "missile", "missiles", "rocket", "submarine", "warship", "jet", "aircraft":
		return news.Product
	}
	return ""
}

// placeNoun notes "a border river", "his munitions factories"; a definite one
// without words of its own is the one before.
func (r *resolver) placeNoun(st *nominalState, ph phrase, kind news.EntityType) {
	p := ph.p
	if h := ph.head + 1; h < len(p.words) && p.words[h].gap <= gapHyphen && (p.words[h].tag == news.Noun || p.words[h].capital || p.words[h].gap == gapHyphen) &&
		p.words[h].class&statement == 0 {
		return
	}
	if ph.det == "" && ph.owner < 0 && ph.first == ph.head {
		return
	}
	head := p.words[ph.head].lower
	if c, ok := st.lastOf["place:"+head]; ok && ph.det == "the" && ph.head-ph.first == 1 {
		r.refer(ph, c, "place named before")
		return
	}
	st.lastOf["place:"+head] = r.describe(ph, r.words(ph), kind, "place")
}

// eventNoun puts journeys, meetings and wars together: same sort and same
// destination, partner or place, or none told.
func (r *resolver) eventNoun(st *nominalState, ph phrase, kind class) {
	p := ph.p
	head := p.words[ph.head].lower
	if h := ph.head + 1; h < len(p.words) && p.words[h].gap <= gapHyphen && r.nameOver(&p.words[h]) < 0 &&
		(p.words[h].tag == news.Noun && p.words[h].class&statement == 0 || p.words[h].gap == gapHyphen) {
		return
	}
	if ph.det == "" && ph.owner < 0 && len(ph.names) == 0 && ph.complement == nil && ph.first == ph.head {
		return
	}
	if ph.det == "no" || ph.det == "any" || ph.det == "each" || ph.det == "every" {
		return
	}
	sort := "other:" + head
	switch {
	case kind&eventTravel != 0 && ph.prep == "with":
		sort = "meet"
	case kind&eventTravel != 0:
		sort = "travel"
	case kind&eventMeet != 0:
		sort = "meet"
	case head == "war" || head == "invasion" || head == "aggression" || head == "conflict":
		sort = "war"
	}
	key := ""
	if len(ph.complement) > 0 {
		key = r.clusters[r.names[ph.complement[0]].cluster].id
	} else if sort == "war" || sort == "travel" {
		for _, o := range ph.names {
			if o != ph.owner && r.names[o].kind == news.GPE {
				key = r.clusters[r.names[o].cluster].id
			}
		}
	}
	full := sort + "|" + key
	c, ok := st.lastOf[full]
	if !ok && key == "" && (ph.det != "a" && ph.det != "an" || sort == "travel") {
		c, ok = st.lastOf[sort]
	}
	if !ok && key != "" {
		c, ok = st.lastOf[sort+"|"]
		ok = ok && !st.keyed[c]
	}
	if ok {
		r.refer(ph, c, "event again")
	} else {
		c = r.describe(ph, r.words(ph), news.EventName, "event")
	}
	st.keyed[c] = st.keyed[c] || key != ""
	st.lastOf[full], st.lastOf[sort] = c, c
}
