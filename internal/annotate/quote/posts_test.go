package quote_test

import "testing"

// Posts as pages embed them: the words, a dash, the name and the account.
func TestPosts(t *testing.T) {
	check(t, "post of S", []example{
		{"The mayor spoke twice that night. // <The wall will hold. Do not leave your homes> // — [Tamsin Oake] (@tamsinoake) March 2, 2024 // The ministry was silent for hours.", "Tamsin Oake"},
		{"Others asked for help in the night. // <Water in the cellar of the old school in Karsund. Send boats>! pic.twitter.com/a8Bc9 // – [Radio Karsund] (@radiokarsund) March 2, 2024 // The boats came at dawn.", "Radio Karsund"},
		// the words of the post are lost: what stands before tells of its writer
		{"On Saturday Tamsin Oake signaled that the council would pay for the boats. // — Tamsin Oake (@tamsinoake) March 2, 2024 // The ministry was silent for hours.", ""},
		// no dash, no signature
		{"The mayor wrote at length about the wall in the night. // Follow Tamsin Oake (@tamsinoake) for news of the storm and the wall. // The ministry was silent for hours.", ""},
		// an aside with an account, in the middle of prose
		{"The council met in the night – Tamsin Oake (@tamsinoake) led it, as she has since the spring of last year, and nobody left before four in the morning. // The ministry was silent for hours.", ""},
	})
}

// Who is quoted in a post is quoted through it.
func TestQuotesInPosts(t *testing.T) {
	check(t, "S said C", []example{
		{"The mayor spoke twice that night. // Do not leave your homes, [the ministry] {said} <the wall is safe>! // — Tamsin Oake (@tamsinoake) March 2, 2024", "Tamsin Oake > ministry"},
	})
}
