/**
 * What stateful NAT64 (RFC 6146) keeps: its definition, bindings of IPv6 hosts' ports to those of the pool, and sessions. Each
 * worker has those of its ports of the pool. Packets are read and written by the steps of {@code forward}.
 */
package io.twoarm.director.nat64;
