package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/tracewire/tracewire/internal/schema"
)

// What is written part by part is what the encoder makes of the whole.
func TestWriteJSON(t *testing.T) {
	name := "quoted \"and\" \\ back, \u2028 <b>&"
	story := schema.Story{
		Lineage:  []schema.Link{{To: "b", Passages: []schema.Passage{}}, {From: &name, To: "c\n{[", Passages: []schema.Passage{{From: schema.Span{Start: 1, End: 3, Text: "}:,"}}}}},
		Stories:  []schema.Group{},
		Timeline: nil,
		Thread:   []schema.Step{{Order: 1, Documents: []string{}, Follows: []string{"a", "b"}}},
	}
	type hidden struct {
		A int `json:"a,omitempty"`
		B any `json:"b"`
	}
	type untagged struct{ A []int }
	for _, v := range []any{
		story,
		schema.Document{Doc: name},
		whole{Documents: []schema.Document{{Doc: "a"}, {Doc: name}}, Story: story},
		whole{},
		[]schema.Dependence{{Outlet: "x"}},
		[]schema.Dependence{},
		[]schema.Dependence(nil),
		hidden{B: map[string]any{}},
		hidden{B: [][]int{{}, {1, 2}}},
		untagged{[]int{1}},
		[]string{},
		[]byte("x"), "s", 1.5,
	} {
		var want, got bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		if err := writeJSON(&got, v); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("got\n%s\nwant\n%s", got.String(), want.String())
		}
	}
	if err := writeJSON(&bytes.Buffer{}, struct {
		A []any `json:"a"`
	}{[]any{1, func() {}}}); err == nil {
		t.Error("a function was written")
	}
}
