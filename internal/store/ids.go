package store

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// CheckID tells whether id is one that stores take: lower-case hexadecimal
// with an even number of digits, which sorts the same as text and as bytes.
func CheckID(what, id string) error {
	if _, err := hex.DecodeString(id); err != nil || id == "" || id != strings.ToLower(id) {
		return fmt.Errorf("store: the %s ID %q is not lower-case hexadecimal", what, id)
	}
	return nil
}

// CheckPair tells whether p is in order and of good IDs.
func CheckPair(p Pair) error {
	if err := CheckID("version", p.A); err != nil {
		return err
	}
	if err := CheckID("version", p.B); err != nil {
		return err
	}
	if p.A >= p.B {
		return fmt.Errorf("store: the pair (%s, %s) is not in order; use PairOf", p.A, p.B)
	}
	return nil
}
