/**
 * What a person does to find out why packets do not arrive: capture, trace, probe. {@link io.twoarm.diagnose.Diagnosis}
 * offers it all for the hosts of one topology.
 *
 * <p>Hosts are only asked, never changed; the one trace that a capture leaves is a process that ends with it. Listeners are
 * called on threads of this module, one call at a time.
 */
package io.twoarm.diagnose;
