// SPDX-License-Identifier: Apache-2.0
/*
 * Shows the servers of a host the client of a FullNAT or NAT64 connection, as the director's TOA option names it.
 *
 * The option lies in the TCP header of the segment that completes the handshake, and again in the first data. It is
 * kept with the socket when the segment comes from a trusted address, which is the director's local address, and
 * accept(2) and getpeername(2) then return it. A client that connects directly cannot forge it.
 *
 *   kind 254 or 253, length 8:   port, IPv4 address
 *   kind 254 or 253, length 20:  port, IPv6 address
 * Port and address are in network byte order, here and in every context that the kernel hands over.
 */
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/tcp.h>
#include <stddef.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define ADDRESS_FAMILY_IPV4 2
#define OPTION_END 0
#define OPTION_NOP 1
#define OPTION_TOA 254
#define OPTION_TOA_OTHER 253
#define LENGTH_IPV4 8
#define LENGTH_IPV6 20
#define TCP_HEADER_MAX 60
#define OPTION_BYTES_MAX 40
/* The socket option of level IPPROTO_IP by which programs ask for the IPv6 client of a NAT64 connection. */
#define SO_NAT64_CLIENT 4096

char LICENSE[] SEC("license") = "Apache-2.0";

struct client {
	__u8 kind;
	__u8 length;
	__u16 port;
	__u32 address[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct client);
} toa_clients SEC(".maps");

/* IPv4 prefixes as IPv4-mapped ones, so that one table serves both kinds of sockets. */
struct prefix {
	__u32 length;
	__u32 address[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 4096);
	__type(key, struct prefix);
	__type(value, __u32);
} toa_trusted SEC(".maps");

/* The order is that of the names in the loader. */
enum count {
	COUNT_HANDSHAKE,
	COUNT_LATER,
	COUNT_WITHOUT,
	COUNT_UNTRUSTED,
	COUNT_PEER_IPV4,
	COUNT_PEER_IPV6,
	COUNT_NAT64,
	COUNT_NAT64_NONE,
	COUNTS,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, COUNTS);
	__type(key, __u32);
	__type(value, __u64);
} toa_counters SEC(".maps");

static __always_inline void count(__u32 what)
{
	__u64 *value = bpf_map_lookup_elem(&toa_counters, &what);

	if (value)
		__sync_fetch_and_add(value, 1);
}

static __always_inline int trusted(struct bpf_sock_ops *ops)
{
	struct prefix from = { .length = 128 };

	if (ops->family == ADDRESS_FAMILY_IPV4) {
		from.address[2] = bpf_htonl(0xffff);
		from.address[3] = ops->remote_ip4;
	} else {
		from.address[0] = ops->remote_ip6[0];
		from.address[1] = ops->remote_ip6[1];
		from.address[2] = ops->remote_ip6[2];
		from.address[3] = ops->remote_ip6[3];
		/* The kernel refuses a read through a chosen pointer, to which the compiler would join the branches. */
		asm volatile("" ::: "memory");
	}
	return bpf_map_lookup_elem(&toa_trusted, &from) != NULL;
}

/* bpf_load_hdr_opt() looks for experimental kinds by a magic number only, which TOA has not. The first match counts. */
static __noinline int find(struct bpf_sock_ops *ops, struct client *client)
{
	void *data = ops->skb_data, *data_end = ops->skb_data_end;
	struct tcphdr *tcp = data;
	__u32 end, at = sizeof(*tcp);

	if ((void *)(tcp + 1) > data_end)
		return 0;
	end = tcp->doff * 4;
	if (end > TCP_HEADER_MAX)
		return 0;
#pragma unroll
	for (int i = 0; i < OPTION_BYTES_MAX; i++) {
		__u8 *option, kind, length;

		if (at + 2 > end || at > TCP_HEADER_MAX - 2)
			break;
		option = data + at;
		if ((void *)(option + 2) > data_end)
			break;
		kind = option[0];
		if (kind == OPTION_END)
			break;
		if (kind == OPTION_NOP) {
			at++;
			continue;
		}
		length = option[1];
		if (length < 2)
			break;
		if ((kind == OPTION_TOA || kind == OPTION_TOA_OTHER) && (length == LENGTH_IPV4 || length == LENGTH_IPV6)) {
			if ((void *)(option + LENGTH_IPV4) > data_end)
				break;
			client->kind = kind;
			client->length = length;
			__builtin_memcpy(&client->port, option + 2, 2);
			__builtin_memcpy(&client->address[0], option + 4, 4);
			if (length == LENGTH_IPV6) {
				if ((void *)(option + LENGTH_IPV6) > data_end)
					break;
				__builtin_memcpy(&client->address[1], option + 8, 12);
			}
			return 1;
		}
		at += length;
	}
	return 0;
}

static __always_inline int keep(struct bpf_sock_ops *ops)
{
	struct client found = {}, *kept;
	struct bpf_sock *socket = ops->sk;

	if (!socket || !find(ops, &found))
		return 0;
	kept = bpf_sk_storage_get(&toa_clients, socket, NULL, BPF_SK_STORAGE_GET_F_CREATE);
	if (!kept)
		return 0;
	*kept = found;
	return 1;
}

static __always_inline void established(struct bpf_sock_ops *ops)
{
	struct client ignored = {};

	if (!trusted(ops)) {
		if (find(ops, &ignored))
			count(COUNT_UNTRUSTED);
		return;
	}
	if (keep(ops)) {
		count(COUNT_HANDSHAKE);
		return;
	}
	count(COUNT_WITHOUT);
	/* The segment may have been lost or have had no room: the kernel shows later ones that have an unknown option. */
	bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags | BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG);
}

SEC("sockops")
int toa_sock_ops(struct bpf_sock_ops *ops)
{
	switch (ops->op) {
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		established(ops);
		break;
	case BPF_SOCK_OPS_PARSE_HDR_OPT_CB:
		if (keep(ops)) {
			count(COUNT_LATER);
			bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags & ~BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG);
		}
		break;
	}
	return 1;
}

/* An IPv4 socket cannot name an IPv6 client; its program asks by the socket option. */
SEC("cgroup/getpeername4")
int toa_peer4(struct bpf_sock_addr *name)
{
	struct bpf_sock *socket = name->sk;
	struct client *client;

	if (!socket)
		return 1;
	client = bpf_sk_storage_get(&toa_clients, socket, NULL, 0);
	if (!client || client->length != LENGTH_IPV4)
		return 1;
	name->user_ip4 = client->address[0];
	name->user_port = client->port;
	count(COUNT_PEER_IPV4);
	return 1;
}

SEC("cgroup/getpeername6")
int toa_peer6(struct bpf_sock_addr *name)
{
	struct bpf_sock *socket = name->sk;
	struct client *client;

	if (!socket)
		return 1;
	client = bpf_sk_storage_get(&toa_clients, socket, NULL, 0);
	if (!client)
		return 1;
	if (client->length == LENGTH_IPV6) {
		name->user_ip6[0] = client->address[0];
		name->user_ip6[1] = client->address[1];
		name->user_ip6[2] = client->address[2];
		name->user_ip6[3] = client->address[3];
	} else {
		name->user_ip6[0] = 0;
		name->user_ip6[1] = 0;
		name->user_ip6[2] = bpf_htonl(0xffff);
		name->user_ip6[3] = client->address[0];
	}
	name->user_port = client->port;
	count(COUNT_PEER_IPV6);
	return 1;
}

/* Fills 16 bytes of address, 2 of port and, where the caller has room, 2 of padding. */
SEC("cgroup/getsockopt")
int toa_getsockopt(struct bpf_sockopt *option)
{
	struct bpf_sock *socket = option->sk;
	struct client *client;
	__u8 *value = option->optval, *value_end = option->optval_end;

	if (option->level != IPPROTO_IP || option->optname != SO_NAT64_CLIENT)
		return 1;
	if (!socket)
		return 1;
	client = bpf_sk_storage_get(&toa_clients, socket, NULL, 0);
	if (!client || client->length != LENGTH_IPV6) {
		count(COUNT_NAT64_NONE);
		return 1;
	}
	if (value + 18 > value_end)
		return 1;
	__builtin_memcpy(value, client->address, 16);
	__builtin_memcpy(value + 16, &client->port, 2);
	option->optlen = value + 20 > value_end ? 18 : 20;
	option->retval = 0;
	count(COUNT_NAT64);
	return 1;
}
