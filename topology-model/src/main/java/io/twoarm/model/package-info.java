/**
 * The domain: what an engineer draws, as immutable records, and what can be said of it without any machine.
 *
 * <p>In come names, addresses and files; out come topologies, findings and changes. Nothing here knows of windows, SSH,
 * namespaces or the text of a director's configuration.
 */
package io.twoarm.model;
