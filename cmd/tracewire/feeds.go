package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"github.com/tracewire/tracewire/internal/pipeline"
)

// parseFeed is a placeholder until the package of feeds is here.
func parseFeed(_ []byte, address string) ([]pipeline.Entry, error) {
	return nil, fmt.Errorf("%s: feeds are not read yet", address)
}

func parseOPML(raw []byte) (out []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if s, ok := t.(xml.StartElement); ok && s.Name.Local == "outline" {
			for _, a := range s.Attr {
				if a.Name.Local == "xmlUrl" && a.Value != "" {
					out = append(out, a.Value)
				}
			}
		}
	}
	if len(out) == 0 {
		return nil, errors.New("it is no OPML list with feeds")
	}
	return out, nil
}
