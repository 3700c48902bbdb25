// Package header reads the furniture of a text: what each line is, and what
// the lines around the body say of the article.
package header

import "github.com/tracewire/tracewire/internal/news"

// Find labels the lines of src and reads its metadata. given is what is known
// from outside the text.
func Find(src string, given news.Given) (news.Layer[news.Line], news.Metadata) {
	return news.Layer[news.Line]{By: "header/1"}, news.Metadata{}
}
