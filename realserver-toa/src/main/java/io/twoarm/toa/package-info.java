/**
 * What a realserver needs to see the client of a FullNAT or NAT64 connection. The BPF programs are in {@code src/main/bpf},
 * compiled by the script beside them and kept as a resource, so that neither the build nor a realserver needs a
 * compiler. Who gets the loader, and whom it trusts, is decided by the generator, not here.
 */
package io.twoarm.toa;
