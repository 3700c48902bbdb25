package quote

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"
)

//go:embed weights.bin
var weightsFile string

// The tables of a model, one for each sort of decision.
const (
	GateTable   = iota // is it worth asking whether this word is a cue?
	CueTable           // is this word a cue?
	SideTable          // on which side of the cue does the content stand?
	NearTable          // where does the content begin, seen from the cue?
	FarTable           // where does it end?
	SourceTable        // which noun phrase is the source?
	AcceptTable        // is all of it together an attribution?
	Tables
)

// tableBits is the binary logarithm of the size of each table.
var tableBits = [Tables]uint{16, 18, 16, 17, 18, 17, 16}

// priorBits is the binary logarithm of the size of the table of priors.
const priorBits = 15

// gateCut is the least score of the gate, and gatePrior the least prior that
// needs no gate. Nine in ten words that could be a cue end here. cueCut is the
// least score of a cue whose content is worth finding.
const (
	gateCut   = -3.9
	gatePrior = 4
	cueCut    = -2.5
)

// TableSize is how many weights a table holds.
func TableSize(t int) int { return 1 << tableBits[t] }

// Model decides what the rules leave open, by linear scores over hashed
// features (Weinberger et al. 2009): each feature's hash picks a weight.
type Model struct {
	priors string // how often a word is a cue, 0 never to 7, by its hash
	tables [Tables]table
	cut    float32 // the least worth of an attribution
}

type table struct {
	weights string // int8
	mask    uint32
	scale   float32
}

// magic begins a file of weights; raise its number when features change.
const magic = "TWQ2"

// WriteModel makes the file of a model: priors from Priors, a weight for each
// place of each table, and the worth from which a guess is an attribution.
func WriteModel(priors []byte, weights [Tables][]float32, cut float32) []byte {
	out := append([]byte(magic), priors...)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(cut))
	for _, w := range weights {
		most := float32(1e-6)
		for _, x := range w {
			most = max(most, float32(math.Abs(float64(x))))
		}
		scale := most / 127
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
		for _, x := range w {
			out = append(out, byte(int8(math.Round(float64(x/scale)))))
		}
	}
	return out
}

// ReadModel reads what WriteModel made. The model keeps file.
func ReadModel(file string) (*Model, error) {
	size := len(magic) + 1<<priorBits + 4
	for t := range Tables {
		size += 4 + TableSize(t)
	}
	if len(file) != size || file[:len(magic)] != magic {
		return nil, fmt.Errorf("no weights of this program: %d bytes, want %d that begin with %s", len(file), size, magic)
	}
	rest := file[len(magic):]
	m := &Model{priors: rest[:1<<priorBits]}
	rest = rest[1<<priorBits:]
	m.cut, rest = float(rest), rest[4:]
	for t := range Tables {
		m.tables[t] = table{weights: rest[4 : 4+TableSize(t)], mask: uint32(TableSize(t) - 1), scale: float(rest)}
		rest = rest[4+TableSize(t):]
	}
	return m, nil
}

func float(s string) float32 {
	return math.Float32frombits(uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24)
}

// embedded is the model that the program carries. A file that does not fit is
// a mistake of the build, which the first test shows.
var embedded = sync.OnceValue(func() *Model {
	m, err := ReadModel(weightsFile)
	if err != nil {
		panic(err)
	}
	return m
})

// score adds up the weights of features.
func (t *table) score(features []uint32) float32 {
	w, mask := t.weights, int(t.mask)
	if mask < 0 || mask >= len(w) {
		return 0 // never; it spares a check for each feature
	}
	sum := 0
	for _, h := range features {
		sum += int(int8(w[int(h)&mask]))
	}
	return float32(sum) * t.scale
}

// prior is how often the word with this hash is a cue, 0 to 7.
func (m *Model) prior(hash uint32) uint8 { return m.priors[hash&(1<<priorBits-1)] }

// wordHash takes four bytes at a time, the rest as FNV-1a does.
func wordHash(s string) uint32 {
	h := uint32(2166136261)
	for len(s) >= 4 {
		h = (h ^ (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24)) * 0x9E3779B1
		h ^= h >> 15
		s = s[4:]
	}
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// mix joins the number of a feature and two values into one hash.
func mix(id, a, b uint32) uint32 {
	h := id*0xC2B2AE35 + a*0x9E3779B1 + b*0x85EBCA6B
	return h ^ h>>15
}
