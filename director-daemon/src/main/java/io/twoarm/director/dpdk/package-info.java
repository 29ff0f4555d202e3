/**
 * DPDK through the Foreign Function and Memory API: start of its environment, packet pools, Ethernet devices, its log.
 * Struct offsets are named constants of one version of DPDK, chosen by what the installed library says it is. Every
 * failure becomes a {@link io.twoarm.director.dpdk.DpdkException} that names cause and fix; nothing here knows what is
 * done with a packet.
 */
package io.twoarm.director.dpdk;
