/**
 * What a realserver needs to see the client of a FullNAT or NAT64 connection. The BPF programs are in {@code src/main/bpf},
 * compiled by the script beside them and kept as a resource, so that neither the build nor a realserver needs a
 * compiler. The kernel module is for realservers whose kernel cannot run them; it is kept as source and compiled there.
 * Who gets what, and whom it trusts, is decided by the generator, not here.
 */
package io.twoarm.toa;
