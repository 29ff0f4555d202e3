/**
 * Topology in, host artifacts out: the files, packages, services and settings that each host needs.
 *
 * <p>Everything is a value that can be printed, compared and tested; nothing here talks to a host.
 */
package io.twoarm.artifact;
