/**
 * The embedded lab: a topology as network namespaces on one Linux machine, each host with its own systemd, journald and
 * OpenSSH, reached only over loopback.
 *
 * <p>In comes a topology, out come hosts that can be deployed to like real ones. Nothing here deploys or generates.
 */
package io.twoarm.lab;
