package io.twoarm.desktop.ui;

import java.util.ArrayList;
import java.util.List;

/** Small UDP packets to port 9 from hosts of a lab, about 2,600 a second from each, until it is closed. */
final class Flood implements AutoCloseable {
    /** Sleeps are a little longer than asked for, so there are a few more packets per turn than the rate needs. */
    private static final String SENDER = """
            use Socket; socket(S, PF_INET, SOCK_DGRAM, 17); my $to = pack_sockaddr_in(9, inet_aton($ARGV[0]));
            while (1) { send(S, "x" x 40, 0, $to) for 1..14; select(undef, undef, undef, 0.005); }
            """.strip();

    private final LabWindow lab;
    private final List<String> hosts = new ArrayList<>();

    Flood(LabWindow lab) {
        this.lab = lab;
    }

    void start(String host, String to) {
        hosts.add(host);
        lab.run(host, "systemd-run --quiet --unit=flood perl -e '" + SENDER + "' " + to);
    }

    @Override
    public void close() {
        hosts.forEach(host -> lab.run(host, "systemctl stop flood"));
    }
}
