package io.twoarm.director.service;

import io.twoarm.director.packet.SynOptions;

/**
 * How SYNs of services with a SYN proxy are answered: {@code synproxy} in {@code dpvs.conf}.
 *
 * @param segmentSize largest segment that clients are offered, 1 to 65,535 bytes, less what the client's address needs; a
 *     client is never offered less than {@value SynOptions#LEAST_SIZE} bytes
 * @param ttl time to live, or hop limit, of the answers, 1 to 255
 * @param sack whether selective acknowledgments are offered
 * @param windowScale window scale that is offered, 1 to 14; 0 for none
 * @param tries SYNs that a realserver gets before the client is told that it does not answer, at least 1
 */
public record SynProxySettings(int segmentSize, int ttl, boolean sack, int windowScale, int tries) {
    /** As DPVS has them. */
    public static final SynProxySettings STANDARD = new SynProxySettings(1452, 63, true, 0, 3);

    public SynProxySettings {
        check("segmentSize", segmentSize, 1, 65_535);
        check("ttl", ttl, 1, 255);
        check("windowScale", windowScale, 0, 14);
        check("tries", tries, 1, 99);
    }

    private static void check(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " is " + value + ": " + lowest + " to " + highest + " allowed");
        }
    }
}
