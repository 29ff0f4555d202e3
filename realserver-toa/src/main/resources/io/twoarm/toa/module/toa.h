/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the parts of the module: whom it believes, and what it keeps per connection. */
#ifndef TOA_H
#define TOA_H

#include <linux/types.h>

struct seq_file;
struct sk_buff;
struct sock;

#define LENGTH_IPV4 8
#define LENGTH_IPV6 20

/* What an option says; port and address in network byte order. */
struct toa {
	u8 length;
	__be16 port;
	__be32 address[4];
};

/* Whether a packet comes from a trusted prefix. Any context. */
bool toa_trusts(const struct sk_buff *skb);
void toa_tell_trusted(struct seq_file *file);

int toa_make_table(void);
/* When nobody keeps or asks any more. */
void toa_free_table(void);
/* Keeps the client of a connection, in place of an earlier one; false without memory. Any context. */
bool toa_keep(const struct sock *sk, const struct toa *toa);
void toa_forget(const struct sock *sk);
bool toa_find(const struct sock *sk, struct toa *toa);

#endif
