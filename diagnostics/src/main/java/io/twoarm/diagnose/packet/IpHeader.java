package io.twoarm.diagnose.packet;

import java.net.InetAddress;

/**
 * What transport headers need of the IP header before them.
 *
 * @param payload bytes after the IP header and its extensions, as the header has it; may be more than was captured
 * @param whole whether this is no fragment
 */
record IpHeader(InetAddress source, InetAddress destination, int hopLimit, int payload, boolean whole) {}
