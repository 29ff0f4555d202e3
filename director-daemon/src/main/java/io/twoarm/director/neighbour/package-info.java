/** Next hops and their Ethernet addresses: ARP (RFC 826) and neighbour discovery (RFC 4861), the queue of packets that wait for an answer, probing of stale entries. No routing decision is made here. */
package io.twoarm.director.neighbour;
