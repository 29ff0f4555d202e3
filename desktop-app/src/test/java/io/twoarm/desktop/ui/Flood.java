package io.twoarm.desktop.ui;

import java.util.Map;

/**
 * Small UDP packets to port 9 from four hosts of the two-arm lab, 2,500 a second from each, until it is stopped. What a
 * busy machine did not let them send in time is sent as soon as they are let, so that the rate does not depend on how long
 * a sleep is there.
 */
final class Flood implements AutoCloseable {
    /** Who sends to whom. */
    static final Map<String, String> TARGETS =
            Map.of("client", "172.16.0.254", "gateway", "172.16.0.1", "rs1", "192.168.229.2", "rs2", "192.168.229.1");

    private static final int RATE = 2_500;

    /** Each packet is seen where it is sent and where it arrives. */
    static final int SIGHTINGS_A_SECOND = 2 * RATE * 4;

    private static final String SENDER = """
            use Socket; use Time::HiRes qw(time); my ($to, $rate) = @ARGV;
            socket(S, PF_INET, SOCK_DGRAM, 17); my $at = pack_sockaddr_in(9, inet_aton($to));
            my ($begin, $sent) = (time, 0);
            while (1) { my $due = int((time - $begin) * $rate);
              while ($sent < $due) { send(S, "x" x 40, 0, $at); $sent++ } select(undef, undef, undef, 0.005); }
            """.strip();

    private final LabWindow lab;
    private final long before;
    private boolean running = true;

    Flood(LabWindow lab) {
        this.lab = lab;
        before = sent();
        TARGETS.forEach((host, to) ->
                lab.run(host, "systemd-run --quiet --unit=flood perl -e '" + SENDER + "' " + to + " " + RATE));
    }

    /** Ends it. Returns how many datagrams the hosts have sent since it began. */
    long stop() {
        close();
        return sent() - before;
    }

    private long sent() {
        return TARGETS.keySet().stream()
                .mapToLong(host ->
                        Long.parseLong(lab.run(host, "awk '/^Udp:/ { sent = $5 } END { print sent }' /proc/net/snmp")
                                .strip()))
                .sum();
    }

    @Override
    public void close() {
        if (running) {
            running = false;
            TARGETS.keySet().forEach(host -> lab.run(host, "systemctl stop flood"));
        }
    }
}
