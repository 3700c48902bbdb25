package store

import (
	"encoding/binary"
	"math/bits"
)

// Most keys of a new version are nobody's, and a segment of millions of postings
// has few of the others. So beside each part of a large segment stands a hint of
// what keys it may have: the keys without their lowest bits, each as its distance
// from the one before, in two bytes (as in a Golomb-coded set, but in whole
// bytes). A key that is not there passes once in about ten thousand times. Hints
// take a third of the room of the parts, and are read in their place.
//
// A hint is the number of distances (four bytes), the number of bits left out,
// and the distances. A distance of farStep is one of farStep and something more:
// no key is there.
const (
	hintHead = 5
	farStep  = 1<<16 - 1
	hintBits = 14 // of a usual distance
)

// HintParts is how many parts have their hints in one place.
const HintParts = 8

// HintedFrom is the number of postings from which on a segment has hints.
const HintedFrom = 1 << 17

// appendHint appends the hint of a part with some postings.
func appendHint(to []byte, list []Posting) []byte {
	first := list[0].Key
	apart := (list[len(list)-1].Key - first) / uint64(len(list))
	shift := max(0, bits.Len64(apart)-hintBits)
	at := len(to)
	to = append(to, 0, 0, 0, 0, byte(shift))
	steps, last := uint32(0), uint64(0)
	for i, x := range list {
		k := (x.Key - first) >> shift
		if i > 0 && k == last {
			continue
		}
		d := k - last
		for ; d >= farStep; d -= farStep {
			to = binary.LittleEndian.AppendUint16(to, farStep)
			steps++
		}
		to = binary.LittleEndian.AppendUint16(to, uint16(d))
		steps++
		last = k
	}
	binary.LittleEndian.PutUint32(to[at:], steps)
	return to
}

// SkipHint is what follows the first hint of some.
func SkipHint(hints []byte) ([]byte, error) {
	if len(hints) < hintHead {
		return nil, errPart
	}
	n := int(binary.LittleEndian.Uint32(hints))
	if n > (len(hints)-hintHead)/2 {
		return nil, errPart
	}
	return hints[hintHead+2*n:], nil
}

// MayHave appends those keys that a part may have, by the first of some hints.
// first is the part's first key; keys rise and are none of an earlier part.
func MayHave(to []uint64, hints []byte, first uint64, keys []uint64) ([]uint64, error) {
	rest, err := SkipHint(hints)
	if err != nil || len(keys) == 0 {
		return to, err
	}
	shift := hints[4] & 63
	steps := hints[hintHead : len(hints)-len(rest)]
	next := (keys[0] - first) >> shift
	at := uint64(0)
	for ; len(steps) >= 2; steps = steps[2:] {
		d := uint64(steps[0]) | uint64(steps[1])<<8
		if at += d; at < next || d == farStep {
			continue
		}
		for next <= at {
			if next == at {
				to = append(to, keys[0])
			}
			if keys = keys[1:]; len(keys) == 0 {
				return to, nil
			}
			next = (keys[0] - first) >> shift
		}
	}
	return to, nil
}
