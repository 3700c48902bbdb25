package fetch

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// maxAddress is the length of a URL in bytes. Longer ones are not of pages,
// and the patterns of robots.txt cost time by it.
const maxAddress = 4096

// parseAddress takes a URL apart and refuses what no page has. It does not
// guard: that is done on the address in the end. It only keeps out spellings
// that programs read differently from each other.
func parseAddress(s string) (*url.URL, error) {
	s = strings.Trim(s, " \t\r\n")
	bad := func(why string) (*url.URL, error) {
		return nil, &Failure{Kind: BadAddress, URL: short(s), Reason: why}
	}
	if len(s) > maxAddress {
		return bad("the address is longer than any page's")
	}
	for _, c := range s {
		if c <= ' ' || c == 0x7f || c == '\\' {
			return bad("there are blanks, control characters or a backslash in the address")
		}
	}
	u, err := url.Parse(s)
	if err != nil {
		return bad("the address cannot be read")
	}
	return cleanAddress(u)
}

// cleanAddress checks a parsed URL and brings its host into one form: ASCII,
// lower case. The fragment goes, which is not for servers.
func cleanAddress(u *url.URL) (*url.URL, error) {
	bad := func(why string) (*url.URL, error) {
		return nil, &Failure{Kind: BadAddress, URL: short(u.Redacted()), Reason: why}
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("only http and https are fetched")
	case u.Opaque != "" || u.Hostname() == "":
		return bad("the address names no host")
	case u.User != nil:
		return bad("addresses with a user name are not fetched")
	}
	host, port := u.Hostname(), u.Port()
	if strings.Contains(host, "%") {
		return bad("addresses bound to an interface are not fetched")
	}
	host, ok := cleanHost(host)
	if !ok {
		return bad("the host's name is not one that can be looked up")
	}
	clean := *u
	clean.Host = host
	if port != "" {
		clean.Host += ":" + port
	}
	clean.Fragment, clean.RawFragment = "", ""
	return &clean, nil
}

// short cuts an address for messages.
func short(s string) string {
	if len(s) > 200 {
		return strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}

// cleanHost writes a host as it is looked up. Circled and full-width letters,
// digits and dots become plain ones here, so that pacing and robots.txt know
// the host again.
func cleanHost(host string) (string, bool) {
	if strings.IndexFunc(host, func(r rune) bool { return r >= 0x80 }) >= 0 {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", false
		}
		host = ascii
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Is6() {
			return "[" + ip.String() + "]", true
		}
		return ip.String(), true
	}
	odd := strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != ""
	return host, host != "" && len(host) <= 253 && !odd && host[0] != '.' && !strings.Contains(host, "..")
}
