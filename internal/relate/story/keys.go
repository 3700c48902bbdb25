package story

// Keys returns the blocking keys of a digest: texts that share none are never
// compared.
func Keys(d D) []uint64 { return nil }
