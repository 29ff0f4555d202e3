// SPDX-License-Identifier: GPL-2.0-only
/* What is kept per connection. Its sockets do not know of it. */
#include <linux/hash.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <net/inet_sock.h>

#include "toa.h"

#define BUCKET_BITS 16
#define LOCKS 256

/*
 * Kept per connection. The kernel skips a probe while another runs on the same processor, so that an entry might outlive
 * its socket; it then names another sender than the socket at the same place has, and is not believed.
 */
struct client {
	struct hlist_node node;
	struct rcu_head rcu;
	const struct sock *sk;
	__be32 sender;
	__be16 sender_port;
	struct toa toa;
};

static struct hlist_head *buckets;
/* Probes run in any context, also between a lock's owner and an interrupt. */
static raw_spinlock_t locks[LOCKS];

static u32 bucket_of(const struct sock *sk)
{
	return hash_ptr((void *)sk, BUCKET_BITS);
}

static struct client *take_locked(u32 bucket, const struct sock *sk)
{
	struct client *client;

	hlist_for_each_entry(client, &buckets[bucket], node) {
		if (client->sk == sk) {
			hlist_del_rcu(&client->node);
			return client;
		}
	}
	return NULL;
}

/* Puts a client in place of what was kept for its socket; NULL for none. */
static void replace(const struct sock *sk, struct client *client)
{
	u32 bucket = bucket_of(sk);
	raw_spinlock_t *lock = &locks[bucket % LOCKS];
	struct client *old;
	unsigned long flags;

	if (!client && hlist_empty(&buckets[bucket]))
		return;
	raw_spin_lock_irqsave(lock, flags);
	old = take_locked(bucket, sk);
	if (client)
		hlist_add_head_rcu(&client->node, &buckets[bucket]);
	raw_spin_unlock_irqrestore(lock, flags);
	if (old)
		kfree_rcu(old, rcu);
}

bool toa_find(const struct sock *sk, struct toa *toa)
{
	struct client *client;
	bool found = false;

	rcu_read_lock();
	hlist_for_each_entry_rcu(client, &buckets[bucket_of(sk)], node) {
		if (client->sk == sk && client->sender == inet_sk(sk)->inet_daddr &&
		    client->sender_port == inet_sk(sk)->inet_dport) {
			*toa = client->toa;
			found = true;
			break;
		}
	}
	rcu_read_unlock();
	return found;
}

bool toa_keep(const struct sock *sk, const struct toa *toa)
{
	struct client *client = kmalloc(sizeof(*client), GFP_ATOMIC | __GFP_NOWARN);

	if (!client)
		return false;
	client->sk = sk;
	client->sender = inet_sk(sk)->inet_daddr;
	client->sender_port = inet_sk(sk)->inet_dport;
	client->toa = *toa;
	replace(sk, client);
	return true;
}

void toa_forget(const struct sock *sk)
{
	replace(sk, NULL);
}

int toa_make_table(void)
{
	int i;

	buckets = vzalloc(sizeof(*buckets) << BUCKET_BITS);
	if (!buckets)
		return -ENOMEM;
	for (i = 0; i < LOCKS; i++)
		raw_spin_lock_init(&locks[i]);
	return 0;
}

void toa_free_table(void)
{
	struct hlist_node *next;
	struct client *client;
	u32 bucket;

	for (bucket = 0; bucket < 1 << BUCKET_BITS; bucket++)
		hlist_for_each_entry_safe(client, next, &buckets[bucket], node)
			kfree(client);
	vfree(buckets);
}
