package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func pack(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	tape := tar.NewWriter(zip)
	if err := tape.WriteHeader(&tar.Header{Name: "folder/", Typeflag: tar.TypeDir, Mode: 0o755}); err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content := "text of " + name
		if err := tape.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(content)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := tape.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tape.Close(), zip.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEach(t *testing.T) {
	whole := pack(t, "folder/a.txt", "folder/b.txt")
	enough := errors.New("enough")
	for _, c := range []struct {
		name    string
		content []byte
		use     func(string) error
		want    []string
		fails   bool
	}{
		{"every file, no folder", whole, nil, []string{"folder/a.txt", "folder/b.txt"}, false},
		{"the first error ends it", whole, func(string) error { return enough }, []string{"folder/a.txt"}, true},
		{"a cut archive", whole[:len(whole)-20], nil, nil, true},
		{"no archive", []byte("plain words"), nil, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "x.tar.gz")
			if err := os.WriteFile(file, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			var got []string
			err := Each(file, func(name string, content []byte) error {
				got = append(got, name)
				if string(content) != "text of "+name {
					t.Errorf("%s holds %q", name, content)
				}
				if c.use != nil {
					return c.use(name)
				}
				return nil
			})
			if (err != nil) != c.fails {
				t.Errorf("error: %v", err)
			}
			if c.want != nil && !slices.Equal(got, c.want) {
				t.Errorf("read %v, want %v", got, c.want)
			}
		})
	}
	if err := Each(filepath.Join(t.TempDir(), "none.tar.gz"), nil); err == nil {
		t.Error("a missing file was read")
	}
}
