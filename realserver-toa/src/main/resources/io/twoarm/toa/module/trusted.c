// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whom the module believes: its parameter "trusted", which can be written while connections arrive.
 *
 *   192.0.2.1,2001:db8::/64   these prefixes, and no others
 *   +192.0.2.2                these besides
 *   -192.0.2.1                these no more
 */
#include <linux/if_ether.h>
#include <linux/inet.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/ipv6.h>

#include "toa.h"

#define PREFIXES_MAX 4096
#define IPV4_BITS_BEFORE 96

/* IPv4 prefixes as IPv4-mapped ones. */
struct prefix {
	struct in6_addr address;
	unsigned int length;
};

struct prefixes {
	struct rcu_head rcu;
	unsigned int count;
	struct prefix prefix[];
};

static struct prefixes __rcu *trusted;

bool toa_trusts(const struct sk_buff *skb)
{
	const struct prefixes *prefixes;
	struct in6_addr sender;
	bool found = false;
	unsigned int i;

	if (skb->protocol == htons(ETH_P_IP))
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, &sender);
	else
		sender = ipv6_hdr(skb)->saddr;
	rcu_read_lock();
	prefixes = rcu_dereference(trusted);
	for (i = 0; prefixes && i < prefixes->count && !found; i++)
		found = ipv6_prefix_equal(&sender, &prefixes->prefix[i].address, prefixes->prefix[i].length);
	rcu_read_unlock();
	return found;
}

static void tell_prefix(struct seq_file *file, const struct prefix *prefix)
{
	if (ipv6_addr_v4mapped(&prefix->address) && prefix->length >= IPV4_BITS_BEFORE)
		seq_printf(file, "trust %pI4/%u\n", &prefix->address.s6_addr32[3], prefix->length - IPV4_BITS_BEFORE);
	else
		seq_printf(file, "trust %pI6c/%u\n", &prefix->address, prefix->length);
}

void toa_tell_trusted(struct seq_file *file)
{
	const struct prefixes *prefixes;
	unsigned int i;

	rcu_read_lock();
	prefixes = rcu_dereference(trusted);
	for (i = 0; prefixes && i < prefixes->count; i++)
		tell_prefix(file, &prefixes->prefix[i]);
	rcu_read_unlock();
}

static int parse_prefix(const char *text, struct prefix *prefix)
{
	unsigned int before = 0, length;
	const char *end;
	__be32 ipv4;

	if (in4_pton(text, -1, (u8 *)&ipv4, '/', &end)) {
		ipv6_addr_set_v4mapped(ipv4, &prefix->address);
		before = IPV4_BITS_BEFORE;
	} else if (!in6_pton(text, -1, prefix->address.s6_addr, '/', &end)) {
		return -EINVAL;
	}
	prefix->length = 128;
	if (*end == '\0')
		return 0;
	if (*end != '/' || kstrtouint(end + 1, 10, &length) || length > 128 - before)
		return -EINVAL;
	prefix->length = before + length;
	return 0;
}

static bool same(const struct prefix *one, const struct prefix *other)
{
	return one->length == other->length && ipv6_prefix_equal(&one->address, &other->address, one->length);
}

/* Adds a prefix to a list with room for it, or takes it away; neither when that is so already. */
static void change(struct prefixes *list, const struct prefix *prefix, bool add)
{
	unsigned int i;

	for (i = 0; i < list->count && !same(&list->prefix[i], prefix); i++)
		;
	if (i == list->count && add)
		list->prefix[list->count++] = *prefix;
	else if (i < list->count && !add)
		list->prefix[i] = list->prefix[--list->count];
}

static int change_all(struct prefixes *list, char *words, bool add)
{
	char *word;

	while ((word = strsep(&words, ",")) != NULL) {
		struct prefix prefix;

		if (*word == '\0')
			continue;
		if (parse_prefix(word, &prefix)) {
			pr_err("twoarm_toa: trusted: found \"%s\"; allowed: an IPv4 or IPv6 address, or a prefix\n", word);
			return -EINVAL;
		}
		if (list->count == PREFIXES_MAX) {
			pr_err("twoarm_toa: trusted: more than %d prefixes\n", PREFIXES_MAX);
			return -E2BIG;
		}
		change(list, &prefix, add);
	}
	return 0;
}

/* The kernel lets one writer of parameters in at a time. */
static int set_trusted(const char *value, const struct kernel_param *parameter)
{
	struct prefixes *old = rcu_dereference_protected(trusted, true), *new;
	char *text = kstrdup(value, GFP_KERNEL), *words;
	bool add, take;
	int error = -ENOMEM;

	new = kmalloc(sizeof(*new) + PREFIXES_MAX * sizeof(new->prefix[0]), GFP_KERNEL);
	if (!text || !new)
		goto free;
	words = strim(text);
	add = *words == '+';
	take = *words == '-';
	new->count = 0;
	if ((add || take) && old)
		memcpy(new, old, sizeof(*new) + old->count * sizeof(new->prefix[0]));
	error = change_all(new, words + (add || take), !take);
	if (error)
		goto free;
	rcu_assign_pointer(trusted, new);
	new = NULL;
	if (old)
		kfree_rcu(old, rcu);
free:
	kfree(new);
	kfree(text);
	return error;
}

/* The list is in /proc/twoarm_toa, where it may be longer than a page. */
static int get_trusted(char *buffer, const struct kernel_param *parameter)
{
	const struct prefixes *list = rcu_dereference_protected(trusted, true);

	return sprintf(buffer, "%u\n", list ? list->count : 0);
}

static void free_trusted(void *unused)
{
	kfree(rcu_dereference_protected(trusted, true));
}

static const struct kernel_param_ops trusted_operations = {
	.set = set_trusted,
	.get = get_trusted,
	.free = free_trusted,
};
module_param_cb(trusted, &trusted_operations, NULL, 0644);
MODULE_PARM_DESC(trusted, "addresses and prefixes whose word about the client is believed, separated by commas");
