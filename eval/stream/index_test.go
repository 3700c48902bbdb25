package stream

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/store/sqlite"
)

// Keys take less than a kilobyte an article, and all but a few pickups share
// some with what they were made of.
func TestIndex(t *testing.T) {
	for _, texts := range []bool{true, false} {
		s, err := sqlite.Open(filepath.Join(t.TempDir(), "index.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		costs, err := MeasureIndex(context.Background(), s, Config{Seed: 1}, texts, 500, []int{500, 2000}, s.KeyBytes, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range costs {
			t.Log(c)
			if c.Recall.Value() < .99 || c.Recall.All < 100 {
				t.Errorf("%.4f of %d pickups met what they were made of", c.Recall.Value(), c.Recall.All)
			}
			if c.Bytes/int64(c.Articles) > 1000 {
				t.Errorf("%d bytes an article", c.Bytes/int64(c.Articles))
			}
		}
		var b bytes.Buffer
		if err := WriteChart(&b, costs); err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(&b); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("the chart is no XML: %v", err)
			}
		}
		if err := WriteCosts(&b, costs); err != nil || !strings.Contains(b.String(), "| 2,000 |") {
			t.Errorf("the table: %v\n%s", err, b.String())
		}
	}
}
