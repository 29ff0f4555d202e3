package io.twoarm.config.dpvs;

/** Lifetimes of UDP sessions without a packet, in seconds, by state. */
public record UdpTimeouts(int oneWay, int normal, int last) {

    static UdpTimeouts of(Settings settings) {
        return new UdpTimeouts(
                settings.get(IpvsKeywords.UDP_ONEWAY_TIMEOUT),
                settings.get(IpvsKeywords.UDP_NORMAL_TIMEOUT),
                settings.get(IpvsKeywords.UDP_LAST_TIMEOUT));
    }
}
