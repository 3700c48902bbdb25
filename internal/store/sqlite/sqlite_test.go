package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/sqlite"
	"github.com/tracewire/tracewire/internal/store/storetest"
)

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return open(t, filepath.Join(t.TempDir(), "a b?c#d%25.db")) })
}
