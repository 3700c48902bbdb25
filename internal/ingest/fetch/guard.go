package fetch

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
)

// Allowed lets connections through to addresses that are not public: a feed of
// one's own on a private network.
type Allowed struct {
	Prefix netip.Prefix
	Port   uint16 // 0 means any; the command line always names one
}

// ParseAllowed reads "10.1.0.0/16:8080", "fd00::/8:80", "[fd00::1]:80" or
// "127.0.0.1:8080": addresses, and the one port on them.
func ParseAllowed(s string) (Allowed, error) {
	bad := func() (Allowed, error) {
		return Allowed{}, fmt.Errorf("%q is no CIDR with a port; write 10.1.0.0/16:8080 or [fd00::1]:80", s)
	}
	if a, err := netip.ParseAddrPort(s); err == nil && a.Port() > 0 && a.Addr().Zone() == "" {
		ip := a.Addr().Unmap()
		return Allowed{netip.PrefixFrom(ip, ip.BitLen()), a.Port()}, nil
	}
	ip, rest, found := strings.Cut(s, "/")
	bits, port, also := strings.Cut(rest, ":")
	if !found || !also {
		return bad()
	}
	ip = strings.TrimSuffix(strings.TrimPrefix(ip, "["), "]")
	p, err := netip.ParsePrefix(ip + "/" + strings.TrimSuffix(bits, "]"))
	n, errPort := strconv.ParseUint(port, 10, 16)
	if err != nil || errPort != nil || n == 0 || p.Addr().Is4In6() {
		return bad()
	}
	return Allowed{p.Masked(), uint16(n)}, nil
}

// special are the addresses inside IPv4, and inside 2000::/3 of IPv6, that do
// not lead to a host of the public network, or lead to another address by a
// tunnel. Everything of IPv6 outside 2000::/3 is refused: loopback, private,
// link-local, multicast, IPv4-compatible, NAT64 (64:ff9b::/96 and
// 64:ff9b:1::/48), discard (100::/64), segment routing (5f00::/16).
// Sources: the IANA special-purpose address registries (RFC 6890, 8190).
var special = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this host"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "shared by a carrier, and of cloud services"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("168.63.129.16/32"), "a cloud's own service"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local, and of cloud services"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "of protocols"},
	{netip.MustParsePrefix("192.0.2.0/24"), "for documentation"},
	{netip.MustParsePrefix("192.31.196.0/24"), "of AS112"},
	{netip.MustParsePrefix("192.52.193.0/24"), "a multicast relay"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a 6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("192.175.48.0/24"), "of AS112"},
	{netip.MustParsePrefix("198.18.0.0/15"), "for benchmarks"},
	{netip.MustParsePrefix("198.51.100.0/24"), "for documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "for documentation"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	{netip.MustParsePrefix("2001::/23"), "of protocols (Teredo, ORCHID, benchmarks)"},
	{netip.MustParsePrefix("2001:db8::/32"), "for documentation"},
	{netip.MustParsePrefix("2002::/16"), "6to4, which leads to an IPv4 address"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "of AS112"},
	{netip.MustParsePrefix("3fff::/20"), "for documentation"},
}

var globalUnicast = netip.MustParsePrefix("2000::/3")

// Public tells why ip is no address of a public host; "" when it is one.
func Public(ip netip.Addr) string {
	if ip.Zone() != "" {
		return "bound to an interface"
	}
	ip = ip.Unmap()
	switch {
	case !ip.IsValid():
		return "no address"
	case ip.Is6() && !globalUnicast.Contains(ip):
		return "not global unicast"
	}
	for _, s := range special {
		if s.prefix.Contains(ip) {
			return s.what
		}
	}
	// ISATAP (RFC 5214): the interface identifier holds an IPv4 address.
	if b := ip.As16(); ip.Is6() && b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe {
		return "ISATAP, which leads to an IPv4 address"
	}
	return ""
}

// wellKnown are the ports below 1024 on which web servers are: others belong
// to mail, shells and printers, which take a request for commands.
func wellKnown(port uint16) bool { return port == 80 || port == 443 || port >= 1024 }

// check judges the address that a socket is about to be connected to: after
// all names, aliases and odd spellings have been resolved.
func check(allow []Allowed, network, address string) error {
	if network != "tcp4" && network != "tcp6" {
		return fail(NotPublic, "the network %q is not one that pages come by", network)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fail(NotPublic, "%q is no address", address)
	}
	ip := to.Addr().Unmap()
	for _, a := range allow {
		if a.Prefix.Contains(ip) && (a.Port == 0 || a.Port == to.Port()) {
			return nil
		}
	}
	if why := Public(to.Addr()); why != "" {
		return fail(NotPublic, "%s is not a public address (%s); if it is yours, allow it with --allow %s/%d:%d", ip, why, ip, ip.BitLen(), to.Port())
	}
	if !wellKnown(to.Port()) {
		return fail(NotPublic, "port %d is not one of web servers", to.Port())
	}
	return nil
}

// control is for net.Dialer: the last step before each connection.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	return check(c.opts.Allow, network, address)
}
