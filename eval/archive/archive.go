// Package archive reads benchmarks straight from their .tar.gz files.
package archive

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

// mostBytes is the largest file that is read from an archive: no text of a
// benchmark comes near it, and a broken one must not fill the memory.
const mostBytes = 16 << 20

// Each calls use for every regular file in the archive, in its order. The
// first error ends the reading.
func Each(file string, use func(name string, content []byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	zip, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for tape := tar.NewReader(zip); ; {
		head, err := tape.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if head.Typeflag != tar.TypeReg {
			continue
		}
		if head.Size > mostBytes {
			return fmt.Errorf("%s: %s is too large: %d bytes", file, head.Name, head.Size)
		}
		content, err := io.ReadAll(tape)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", file, head.Name, err)
		}
		if err := use(head.Name, content); err != nil {
			return fmt.Errorf("%s: %s: %w", file, head.Name, err)
		}
	}
}
