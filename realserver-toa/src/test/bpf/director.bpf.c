// SPDX-License-Identifier: Apache-2.0
/*
 * Makes the kernel's TCP of a test host send TOA options as a director would: on every segment from the one that
 * completes the handshake on, or on segments with data only.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>

#define TCP_FLAG_PSH 0x08
#define OPTION_MAX 20

char LICENSE[] SEC("license") = "Apache-2.0";

struct order {
	__u32 length;
	__u32 data_only;
	__u8 option[OPTION_MAX];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct order);
} director_order SEC(".maps");

SEC("sockops")
int director(struct bpf_sock_ops *ops)
{
	__u32 first = 0;
	struct order *order = bpf_map_lookup_elem(&director_order, &first);

	if (!order || (order->length != 8 && order->length != OPTION_MAX))
		return 1;
	switch (ops->op) {
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
		bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags | BPF_SOCK_OPS_WRITE_HDR_OPT_CB_FLAG);
		break;
	case BPF_SOCK_OPS_HDR_OPT_LEN_CB:
		if (!order->data_only || (ops->skb_tcp_flags & TCP_FLAG_PSH))
			bpf_reserve_hdr_opt(ops, order->length, 0);
		break;
	case BPF_SOCK_OPS_WRITE_HDR_OPT_CB:
		if (order->length == 8)
			bpf_store_hdr_opt(ops, order->option, 8, 0);
		else
			bpf_store_hdr_opt(ops, order->option, OPTION_MAX, 0);
		break;
	}
	return 1;
}
