// SPDX-License-Identifier: Apache-2.0
/*
 * Takes packets out of a director's tunnel where the kernel has no receiver of its own (no module ipip or ip6_tunnel):
 * IPv4 (RFC 2003) and IPv6 (RFC 2473) in either one. It runs where packets come in (tc, clsact, ingress).
 *
 *   before:  Ethernet | outer header to the realserver | inner header to the VIP | ...
 *   after:   Ethernet | inner header to the VIP | ...
 *
 * Like the kernel's receivers it takes them from every sender, and leaves it to the stack whether the inner destination
 * is an address of this host. Everything else passes as it is, each kind of it counted.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define FRAGMENT_BITS 0x3fff
#define DESTINATION_OPTIONS 60
/* Of kernel 6.3: what is left is of another family than what came. */
#define DECAPSULATED_IPV4 (1ULL << 7)
#define DECAPSULATED_IPV6 (1ULL << 8)

char LICENSE[] SEC("license") = "Apache-2.0";

/* The order is that of the names in the loader. */
enum count {
	COUNT_IPV4,
	COUNT_IPV6,
	COUNT_FRAGMENT,
	COUNT_BROKEN,
	COUNT_REFUSED,
	COUNTS,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, COUNTS);
	__type(key, __u32);
	__type(value, __u64);
} tunnel_counters SEC(".maps");

static __always_inline int counted(__u32 what)
{
	__u64 *value = bpf_map_lookup_elem(&tunnel_counters, &what);
	if (value)
		__sync_fetch_and_add(value, 1);
	return TC_ACT_UNSPEC;
}

/* Removes the outer header of length bytes if what it says is inside is there. */
static __always_inline int take_out(struct __sk_buff *skb, __u32 length, __u8 inside, int outer_ipv4)
{
	__u8 version;
	int inner_ipv4 = inside == IPPROTO_IPIP;
	if (bpf_skb_load_bytes(skb, ETH_HLEN + length, &version, sizeof(version)))
		return counted(COUNT_BROKEN);
	if (version >> 4 != (inner_ipv4 ? 4 : 6))
		return counted(COUNT_BROKEN);
	/* The size of segments that were joined is that of the inner ones already. */
	__u64 flags = BPF_F_ADJ_ROOM_FIXED_GSO;
	if (inner_ipv4 != outer_ipv4)
		flags |= inner_ipv4 ? DECAPSULATED_IPV4 : DECAPSULATED_IPV6;
	if (bpf_skb_adjust_room(skb, -(__s32)length, BPF_ADJ_ROOM_MAC, flags))
		return counted(COUNT_REFUSED);
	return counted(inner_ipv4 ? COUNT_IPV4 : COUNT_IPV6);
}

static __always_inline int from_ipv4(struct __sk_buff *skb)
{
	struct iphdr outer;
	if (bpf_skb_load_bytes(skb, ETH_HLEN, &outer, sizeof(outer)))
		return TC_ACT_UNSPEC;
	if (outer.protocol != IPPROTO_IPIP && outer.protocol != IPPROTO_IPV6)
		return TC_ACT_UNSPEC;
	if (outer.frag_off & bpf_htons(FRAGMENT_BITS))
		return counted(COUNT_FRAGMENT);
	__u32 length = outer.ihl * 4;
	if (length < sizeof(outer))
		return counted(COUNT_BROKEN);
	return take_out(skb, length, outer.protocol, 1);
}

static __always_inline int from_ipv6(struct __sk_buff *skb)
{
	struct ipv6hdr outer;
	__u32 length = sizeof(outer);
	if (bpf_skb_load_bytes(skb, ETH_HLEN, &outer, sizeof(outer)))
		return TC_ACT_UNSPEC;
	__u8 inside = outer.nexthdr;
	/* Linux tells there how often the packet may be put into another one (RFC 2473 section 4.1.1). */
	if (inside == DESTINATION_OPTIONS) {
		__u8 options[2];
		if (bpf_skb_load_bytes(skb, ETH_HLEN + length, options, sizeof(options)))
			return TC_ACT_UNSPEC;
		inside = options[0];
		length += (options[1] + 1) * 8;
	}
	if (inside == IPPROTO_FRAGMENT) {
		struct {
			__u8 next;
			__u8 rest[7];
		} fragment;
		if (!bpf_skb_load_bytes(skb, ETH_HLEN + length, &fragment, sizeof(fragment))
		    && (fragment.next == IPPROTO_IPIP || fragment.next == IPPROTO_IPV6))
			return counted(COUNT_FRAGMENT);
		return TC_ACT_UNSPEC;
	}
	if (inside != IPPROTO_IPIP && inside != IPPROTO_IPV6)
		return TC_ACT_UNSPEC;
	return take_out(skb, length, inside, 0);
}

SEC("tc")
int tunnel_end(struct __sk_buff *skb)
{
	if (skb->pkt_type != PACKET_HOST)
		return TC_ACT_UNSPEC;
	if (skb->protocol == bpf_htons(ETH_P_IP))
		return from_ipv4(skb);
	if (skb->protocol == bpf_htons(ETH_P_IPV6))
		return from_ipv6(skb);
	return TC_ACT_UNSPEC;
}
