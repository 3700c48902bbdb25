package fetch

import (
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	for _, c := range []struct {
		ip     string
		public bool
	}{
		{"8.8.8.8", true},
		{"93.184.216.34", true},
		{"1.1.1.1", true},
		{"172.15.255.255", true},
		{"172.32.0.1", true},
		{"100.63.255.255", true},
		{"100.128.0.1", true},
		{"168.63.129.15", true},
		{"223.255.255.255", true},
		{"2606:4700:4700::1111", true},
		{"2a00:1450:4001:81b::200e", true},
		{"2001:200::1", true}, // just behind 2001::/23
		{"::ffff:8.8.8.8", true},

		{"0.0.0.0", false},
		{"0.1.2.3", false},
		{"10.0.0.1", false},
		{"100.64.0.1", false},
		{"100.100.100.200", false}, // metadata of a cloud
		{"127.0.0.1", false},
		{"127.0.0.2", false},
		{"127.255.255.255", false},
		{"168.63.129.16", false},
		{"169.254.169.254", false}, // metadata of most clouds
		{"172.16.0.1", false},
		{"172.31.255.255", false},
		{"192.0.0.1", false},
		{"192.0.0.192", false},
		{"192.0.2.1", false},
		{"192.88.99.1", false},
		{"192.168.1.1", false},
		{"198.18.0.1", false},
		{"198.19.255.255", false},
		{"198.51.100.1", false},
		{"203.0.113.1", false},
		{"224.0.0.1", false},
		{"239.255.255.250", false},
		{"240.0.0.1", false},
		{"255.255.255.255", false},
		{"::", false},
		{"::1", false},
		{"::127.0.0.1", false},        // IPv4-compatible
		{"::ffff:127.0.0.1", false},   // mapped
		{"::ffff:7f00:1", false},      // mapped, in hexadecimal
		{"::ffff:0:127.0.0.1", false}, // translated (SIIT)
		{"::ffff:169.254.169.254", false},
		{"64:ff9b::7f00:1", false},   // NAT64
		{"64:ff9b::8.8.8.8", false},  // also of a public address
		{"64:ff9b:1::7f00:1", false}, // NAT64, local
		{"100::1", false},
		{"2001::1", false}, // Teredo
		{"2001:0:4136:e378:8000:63bf:3fff:fdd2", false},
		{"2001:2::1", false},
		{"2001:10::1", false},
		{"2001:20::1", false},
		{"2001:db8::1", false},
		{"2002:7f00:1::", false}, // 6to4 of loopback
		{"2002:808:808::1", false},
		{"2606:4700::5efe:7f00:1", false}, // ISATAP
		{"2606:4700::200:5efe:7f00:1", false},
		{"2620:4f:8000::1", false},
		{"3fff::1", false},
		{"5f00::1", false},
		{"fc00::1", false},
		{"fd00:ec2::254", false}, // metadata of a cloud
		{"fe80::1", false},
		{"fe80::1%eth0", false},
		{"2606:4700:4700::1111%eth0", false},
		{"fec0::1", false},
		{"ff02::1", false},
		{"4000::1", false},
		{"1fff::1", false},
	} {
		if why := Public(netip.MustParseAddr(c.ip)); (why == "") != c.public {
			t.Errorf("%s: public %v, want %v (%s)", c.ip, why == "", c.public, why)
		}
	}
	if Public(netip.Addr{}) == "" {
		t.Error("no address at all is public")
	}
}

func TestAllowed(t *testing.T) {
	for _, c := range []struct{ allow, address string }{
		{"127.0.0.1/32:8080", "127.0.0.1:8080"},
		{"127.0.0.1:8080", "127.0.0.1:8080"},
		{"127.0.0.1/32:8080", "[::ffff:127.0.0.1]:8080"}, // one address, two spellings
		{"10.1.0.0/16:80", "10.1.255.3:80"},
		{"fd00::/8:443", "[fd12::1]:443"},
		{"[fd00::]/8:443", "[fd12::1]:443"},
		{"[fd00::1/128]:443", "[fd00::1]:443"},
		{"[::1]:81", "[::1]:81"},
		{"10.1.2.3/16:80", "10.1.255.3:80"}, // the host's bits do not count
	} {
		a, err := ParseAllowed(c.allow)
		if err != nil {
			t.Errorf("%s: %v", c.allow, err)
			continue
		}
		if err := check([]Allowed{a}, "tcp4", c.address); err != nil {
			t.Errorf("%s does not let %s through: %v", c.allow, c.address, err)
		}
	}
	a, _ := ParseAllowed("127.0.0.1/32:8080")
	for _, address := range []string{"127.0.0.1:8081", "127.0.0.2:8080", "[::1]:8080", "10.0.0.1:8080", "8.8.8.8:25", "8.8.8.8:22", "8.8.8.8:1"} {
		if err := check([]Allowed{a}, "tcp4", address); err == nil {
			t.Errorf("%s got through", address)
		}
	}
	if err := check(nil, "tcp4", "8.8.8.8:443"); err != nil {
		t.Error(err)
	}
	for _, network := range []string{"udp4", "unix", "tcp"} {
		if err := check(nil, network, "8.8.8.8:443"); err == nil {
			t.Errorf("a connection by %s got through", network)
		}
	}
	for _, bad := range []string{"", "127.0.0.1", "127.0.0.0/8", "localhost:80", "127.0.0.1/33:80", "127.0.0.1/8:0", "127.0.0.1/8:65536", "127.0.0.1:0", "fe80::1%eth0/64:80", "[fe80::1%eth0]:80", "::ffff:127.0.0.1/104:80", "*:80"} {
		if a, err := ParseAllowed(bad); err == nil {
			t.Errorf("%q was read as %v", bad, a)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://Paper.Example/a?b=c#d", "https://paper.example/a?b=c"},
		{" https://paper.example/ \n", "https://paper.example/"},
		{"http://paper.example.:8080/", "http://paper.example:8080/"},
		{"https://zeitung.example/ä", "https://zeitung.example/%C3%A4"},
		{"https://bücher.example/", "https://xn--bcher-kva.example/"},
		{"http://１２７.０.０.１/", "http://127.0.0.1/"},
		{"http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"},
		{"http://127。0。0。1/", "http://127.0.0.1/"},
		{"http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"},
		{"http://foo_bar.paper.example/", "http://foo_bar.paper.example/"},

		{"", ""},
		{"//paper.example/", ""},
		{"paper.example", ""},
		{"/a", ""},
		{"http:paper.example", ""},
		{"http:///a", ""},
		{"http://", ""},
		{"http://:80/", ""},
		{"http://./", ""},
		{"http://a..b/", ""},
		{"ftp://paper.example/", ""},
		{"file:///etc/passwd", ""},
		{"gopher://paper.example:70/_x", ""},
		{"javascript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"https://me@paper.example/", ""},
		{"https://me:secret@paper.example/", ""},
		{"https://@paper.example/", ""},
		{`http://127.0.0.1\@paper.example/`, ""},
		{"http://paper.example\t.evil.example/", ""},
		{"http://paper.example/\r\nHost: x", ""},
		{"http://paper.example/\x00", ""},
		{"http://paper.example:80:81/", ""},
		{"http://paper.example:x/", ""},
		{"http://[fe80::1%25eth0]/", ""},
		{"http://[127.0.0.1]/", ""},
		{"http://[::1/", ""},
	} {
		u, err := parseAddress(c.in)
		got := ""
		if err == nil {
			got = u.String()
		} else if f := failureOf(err); f == nil || f.Kind != BadAddress || f.Passing() {
			t.Errorf("%q: the error is %#v", c.in, err)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q (%v)", c.in, got, c.want, err)
		}
	}
}

// FuzzAddress: whatever is taken is plain ASCII, has no secrets, and is taken
// again as the same.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"https://paper.example/a", "http://[::1]:80/", "http://１２７.０.０.１/", "http://a@b/", `http://a\@b`, "http://0x7f.1/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := parseAddress(s)
		if err != nil {
			return
		}
		if u.User != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			t.Fatalf("%q became %q", s, u)
		}
		for _, r := range u.Host {
			if r <= ' ' || r >= 0x7f {
				t.Fatalf("%q: the host is %q", s, u.Host)
			}
		}
		v, err := parseAddress(u.String())
		if err != nil || v.String() != u.String() {
			t.Fatalf("%q became %q, and that %v (%v)", s, u, v, err)
		}
	})
}
