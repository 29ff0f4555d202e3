// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shows the servers of a host the client of a FullNAT or NAT64 connection, as the director's TOA option names it. For
 * kernels that lack the hooks of toa.bpf.c, which does the same.
 *
 *   kind 254 or 253, length 8:   port, IPv4 address
 *   kind 254 or 253, length 20:  port, IPv6 address
 * Port and address are in network byte order, here and in everything that is kept.
 *
 * The kernel is watched by probes; nothing of it is written over, and no socket points to this module. So unloading is
 * safe at any time: it waits for handlers that run, and connections then have the director's address again.
 *
 *   tcp_child_process   a handshake is complete: the segment's option is kept, if it comes from a trusted address. The
 *                       kernel holds the new socket's lock, for which accept(2) waits, so accept finds the client.
 *   inet_getname        accept(2) and getpeername(2): the client is written over the sender (inet6_getname: the same)
 *   inet_sock_destruct  the socket ends: what was kept is given up
 *
 * /proc/twoarm_toa tells the trusted prefixes and counts.
 */
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/netfilter.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/tcp.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <net/inet_common.h>
#include <net/inet_sock.h>
#include <net/ipv6.h>
#include <net/tcp.h>

#include "toa.h"

#ifdef CONFIG_PREEMPT_RT
#error "probes may not allocate memory in real-time kernels"
#endif
#ifndef CONFIG_NETFILTER
#error "the kernel has no netfilter, whose socket options the module uses"
#endif
#ifndef CONFIG_KRETPROBES
#error "the kernel has no return probes"
#endif

#define OPTION_END 0
#define OPTION_NOP 1
#define OPTION_TOA 254
#define OPTION_TOA_OTHER 253
/* The socket option of level IPPROTO_IP by which programs ask for the IPv6 client of a NAT64 connection. */
#define SO_NAT64_CLIENT 4096
#define ANSWER_BYTES_MIN 18
/* How many calls of getname may wait for their sockets' locks at the same time. */
#define CALLS_AT_ONCE 1024

enum count {
	COUNT_HANDSHAKE,
	COUNT_WITHOUT,
	COUNT_UNTRUSTED,
	COUNT_PEER_IPV4,
	COUNT_PEER_IPV6,
	COUNT_NAT64,
	COUNT_NAT64_NONE,
	COUNT_NO_MEMORY,
	COUNTS,
};

static const char *const count_names[COUNTS] = {
	"handshake", "without", "untrusted", "peer4", "peer6", "nat64", "nat64-none", "no-memory",
};
static atomic_long_t counts[COUNTS];

static void count(enum count what)
{
	atomic_long_inc(&counts[what]);
}

/* The first match counts: the director puts its option before those of the client. */
static bool parse(const struct sk_buff *skb, struct toa *toa)
{
	const struct tcphdr *tcp = tcp_hdr(skb);
	const u8 *option = (const u8 *)(tcp + 1), *end = (const u8 *)tcp + tcp->doff * 4;

	while (end - option >= 2 && option[0] != OPTION_END) {
		u8 kind = option[0], length = option[1];

		if (kind == OPTION_NOP) {
			option++;
			continue;
		}
		if (length < 2 || length > end - option)
			break;
		if ((kind == OPTION_TOA || kind == OPTION_TOA_OTHER) && (length == LENGTH_IPV4 || length == LENGTH_IPV6)) {
			toa->length = length;
			memcpy(&toa->port, option + 2, sizeof(toa->port));
			memcpy(toa->address, option + 4, length - 4);
			return true;
		}
		option += length;
	}
	return false;
}

/* The n-th argument of a function at whose first instruction the processor stands. */
static unsigned long argument(const struct pt_regs *regs, int n)
{
#if defined(CONFIG_X86_64)
	const unsigned long arguments[] = { regs->di, regs->si, regs->dx, regs->cx };

	return arguments[n];
#elif defined(CONFIG_ARM64)
	return regs->regs[n];
#else
#error "written for x86_64 and arm64"
#endif
}

/* int or enum tcp_child_process(struct sock *parent, struct sock *child, struct sk_buff *skb) */
static int on_child(struct kprobe *probe, struct pt_regs *regs)
{
	const struct sock *child = (const struct sock *)argument(regs, 1);
	const struct sk_buff *skb = (const struct sk_buff *)argument(regs, 2);
	struct toa toa = {};
	bool named = parse(skb, &toa);

	toa_forget(child);
	if (!toa_trusts(skb)) {
		if (named)
			count(COUNT_UNTRUSTED);
	} else if (named) {
		count(toa_keep(child, &toa) ? COUNT_HANDSHAKE : COUNT_NO_MEMORY);
	} else {
		count(COUNT_WITHOUT);
	}
	return 0;
}

/* void inet_sock_destruct(struct sock *sk) */
static int on_end(struct kprobe *probe, struct pt_regs *regs)
{
	toa_forget((const struct sock *)argument(regs, 0));
	return 0;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 17, 0)
/* int inet_getname(struct socket *socket, struct sockaddr *name, int peer) */
#define GETNAME_PEER 2
#define GETNAME(function, socket, name) function(socket, name, 1)
#else
/* int inet_getname(struct socket *socket, struct sockaddr *name, int *length, int peer) */
#define GETNAME_PEER 3
#define GETNAME(function, socket, name) function(socket, name, (int *)NULL, 1)
#endif

/* Between a call of getname and its return. */
struct call {
	struct sockaddr *name;
	struct toa toa;
};

/* Only calls that ask for the peer of a connection with a client are followed to their return. */
static int on_getname(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct socket *socket = (const struct socket *)argument(regs, 0);
	struct call *call = (struct call *)instance->data;

	if (!(int)argument(regs, GETNAME_PEER) || !socket->sk || !toa_find(socket->sk, &call->toa))
		return 1;
	call->name = (struct sockaddr *)argument(regs, 1);
	return 0;
}

/* An IPv4 socket cannot name an IPv6 client; its program asks by the socket option. */
static int on_name(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct call *call = (const struct call *)instance->data;

	if ((int)regs_return_value(regs) < 0)
		return 0;
	if (call->name->sa_family == AF_INET && call->toa.length == LENGTH_IPV4) {
		struct sockaddr_in *ipv4 = (struct sockaddr_in *)call->name;

		ipv4->sin_addr.s_addr = call->toa.address[0];
		ipv4->sin_port = call->toa.port;
		count(COUNT_PEER_IPV4);
	} else if (call->name->sa_family == AF_INET6) {
		struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)call->name;

		if (call->toa.length == LENGTH_IPV6)
			memcpy(&ipv6->sin6_addr, call->toa.address, sizeof(ipv6->sin6_addr));
		else
			ipv6_addr_set_v4mapped(call->toa.address[0], &ipv6->sin6_addr);
		ipv6->sin6_port = call->toa.port;
		ipv6->sin6_flowinfo = 0;
		ipv6->sin6_scope_id = 0;
		count(COUNT_PEER_IPV6);
	}
	return 0;
}

/* Fills 16 bytes of address, 2 of port and, where the caller has room, 2 of padding. */
static int on_getsockopt(struct sock *sk, int option, void __user *value, int *length)
{
	struct {
		__be32 address[4];
		__be16 port;
		__be16 padding;
	} answer = {};
	struct toa toa;

	if (*length < ANSWER_BYTES_MIN)
		return -EINVAL;
	if (!toa_find(sk, &toa) || toa.length != LENGTH_IPV6) {
		count(COUNT_NAT64_NONE);
		return -ENOPROTOOPT;
	}
	memcpy(answer.address, toa.address, sizeof(answer.address));
	answer.port = toa.port;
	*length = *length < (int)sizeof(answer) ? ANSWER_BYTES_MIN : sizeof(answer);
	if (copy_to_user(value, &answer, *length))
		return -EFAULT;
	count(COUNT_NAT64);
	return 0;
}

static struct nf_sockopt_ops socket_option = {
	.pf = PF_INET,
	.get_optmin = SO_NAT64_CLIENT,
	.get_optmax = SO_NAT64_CLIENT + 1,
	.get = on_getsockopt,
	.owner = THIS_MODULE,
};

static struct kprobe end_probe = { .symbol_name = "inet_sock_destruct", .pre_handler = on_end };
static struct kprobe child_probe = { .symbol_name = "tcp_child_process", .pre_handler = on_child };
static struct kretprobe name_probes[] = {
	{
		.kp.symbol_name = "inet_getname",
		.entry_handler = on_getname,
		.handler = on_name,
		.data_size = sizeof(struct call),
		.maxactive = CALLS_AT_ONCE,
	},
	{
		.kp.symbol_name = "inet6_getname",
		.entry_handler = on_getname,
		.handler = on_name,
		.data_size = sizeof(struct call),
		.maxactive = CALLS_AT_ONCE,
	},
};
static bool name_probed[ARRAY_SIZE(name_probes)];

/* Compiles only where the kernel's functions take the arguments that the handlers read. */
#define TAKES(call) ((void)sizeof(typeof(call) *))
static inline void signatures(struct sock *sk, struct sk_buff *skb, struct socket *socket, struct sockaddr *name)
{
	TAKES(tcp_child_process(sk, sk, skb));
	TAKES(inet_sock_destruct(sk));
	TAKES(GETNAME(inet_getname, socket, name));
	TAKES(GETNAME(inet6_getname, socket, name));
}

static int tell(struct seq_file *file, void *unused)
{
	unsigned long missed = end_probe.nmissed + child_probe.nmissed;
	int i;

	toa_tell_trusted(file);
	for (i = 0; i < COUNTS; i++)
		seq_printf(file, "%s %ld\n", count_names[i], atomic_long_read(&counts[i]));
	for (i = 0; i < ARRAY_SIZE(name_probes); i++)
		missed += name_probes[i].kp.nmissed + name_probes[i].nmissed;
	seq_printf(file, "missed %lu\n", missed);
	return 0;
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 18, 0)
static int open_status(struct inode *inode, struct file *file)
{
	return single_open(file, tell, NULL);
}

static const struct file_operations status_operations = {
	.owner = THIS_MODULE,
	.open = open_status,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#define proc_create_single(name, mode, parent, show) proc_create(name, mode, parent, &status_operations)
#endif

static void stop(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(name_probes); i++)
		if (name_probed[i])
			unregister_kretprobe(&name_probes[i]);
	unregister_kprobe(&child_probe);
	unregister_kprobe(&end_probe);
}

static int __init start(void)
{
	int i, error;

	error = register_kprobe(&end_probe);
	if (error)
		return error;
	error = register_kprobe(&child_probe);
	if (error) {
		unregister_kprobe(&end_probe);
		return error;
	}
	for (i = 0; i < ARRAY_SIZE(name_probes); i++) {
		error = register_kretprobe(&name_probes[i]);
		name_probed[i] = !error;
		/* A kernel without IPv6 does not have the second one. */
		if (error && (i == 0 || error != -ENOENT)) {
			stop();
			return error;
		}
	}
	return 0;
}

static int __init toa_init(void)
{
	int error = toa_make_table();

	if (error)
		return error;
	error = start();
	if (error) {
		pr_err("twoarm_toa: the kernel refuses a probe: error %d\n", -error);
		goto free;
	}
	error = nf_register_sockopt(&socket_option);
	if (error) {
		pr_err("twoarm_toa: another module answers socket option %d: unload that one first\n", SO_NAT64_CLIENT);
		goto stop;
	}
	if (!proc_create_single("twoarm_toa", 0444, NULL, tell)) {
		error = -ENOMEM;
		goto answer;
	}
	return 0;
answer:
	nf_unregister_sockopt(&socket_option);
stop:
	stop();
free:
	toa_free_table();
	return error;
}

static void __exit toa_exit(void)
{
	remove_proc_entry("twoarm_toa", NULL);
	nf_unregister_sockopt(&socket_option);
	stop();
	toa_free_table();
}

module_init(toa_init);
module_exit(toa_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The client of a connection through a director, as its TOA option names it");
#ifdef MODULE_SOFTDEP
MODULE_SOFTDEP("pre: ipv6");
#endif
