/**
 * What stateful NAT64 (RFC 6146) keeps: its definition, bindings of IPv6 hosts' ports to those of the pool, and sessions. All
 * of a director's is with its first worker. Packets are read and written by the steps of {@code forward}.
 */
package io.twoarm.director.nat64;
