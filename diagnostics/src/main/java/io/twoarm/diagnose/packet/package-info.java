/**
 * Frames as people read them: one tree of named fields with their bytes, one line of summary, and what ties packets of a
 * connection together.
 *
 * <p>Only bytes come in, as they were captured; a frame may be cut anywhere and hold anything. Nothing here knows hosts,
 * topologies or where a frame came from.
 */
package io.twoarm.diagnose.packet;
