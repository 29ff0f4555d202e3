/**
 * Headers on the wire: layouts with named offsets, checksums, TCP options. Everything is static and works on addresses;
 * nothing here keeps state, counts, or decides what happens to a packet. A header belongs here once, whoever needs it.
 */
package io.twoarm.director.packet;
