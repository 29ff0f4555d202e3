package io.twoarm.engine;

import io.twoarm.engine.LiveSnapshot.HostState;
import io.twoarm.engine.LiveSnapshot.LinkState;
import io.twoarm.engine.LiveSnapshot.NeighbourState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes states of the lines that a host tells about itself again and again, each state ended by the line {@code end}. */
final class HostReport {
    /**
     * Prints {@code units STATE...}, {@code link NAME CARRIER RECEIVED SENT} with packets since boot, {@code address} and
     * {@code neighbour} as {@code ip} prints them, and {@code end}. Arguments: seconds between, units.
     */
    static final String SCRIPT = """
            interval=$1; shift
            while :; do
                printf 'units '
                systemctl is-active "$@" | tr '\\n' ' '
                echo
                for link in /sys/class/net/*; do
                    { read -r carrier <"$link/carrier"; } 2>/dev/null || carrier=0
                    { read -r received <"$link/statistics/rx_packets" && read -r sent <"$link/statistics/tx_packets"; } \\
                        2>/dev/null || continue
                    echo "link ${link##*/} $carrier $received $sent"
                done
                ip -o address show | sed 's/^/address /'
                ip neighbour show | sed 's/^/neighbour /'
                echo end
                sleep "$interval"
            done
            """;

    private static final double NANOS = 1e9;
    private static final int LINK_WORDS = 5;

    private final String host;
    private final List<String> units;
    private final Map<String, long[]> before = new HashMap<>();
    private long beforeNanos;
    private Map<String, String> services = new LinkedHashMap<>();
    private List<LinkState> links = new ArrayList<>();
    private Set<String> addresses = new LinkedHashSet<>();
    private List<NeighbourState> neighbours = new ArrayList<>();

    HostReport(String host, List<String> units) {
        this.host = host;
        this.units = units;
    }

    /**
     * @param nanos by the monotonic clock
     * @return the state that this line ends
     */
    Optional<HostState> next(String line, long nanos) {
        String[] words = line.strip().split("\\s+");
        switch (words[0]) {
            case "units" -> {
                // What a connection that was cut had told by halves is gone.
                begin();
                services(words);
            }
            case "link" -> link(words, nanos);
            case "address" -> address(words);
            case "neighbour" -> neighbour(words);
            case "end" -> {
                HostState state = new HostState(host, true, services, links, addresses, neighbours);
                begin();
                beforeNanos = nanos;
                return Optional.of(state);
            }
            default -> {
                // Not of the script, such as a message of a shell.
            }
        }
        return Optional.empty();
    }

    private void begin() {
        services = new LinkedHashMap<>();
        links = new ArrayList<>();
        addresses = new LinkedHashSet<>();
        neighbours = new ArrayList<>();
    }

    private void services(String[] words) {
        for (int i = 0; i < units.size() && i + 1 < words.length; i++) {
            services.put(units.get(i), words[i + 1]);
        }
    }

    private void link(String[] words, long nanos) {
        if (words.length < LINK_WORDS || words[1].equals("lo")) {
            return;
        }
        long[] now = {Long.parseLong(words[3]), Long.parseLong(words[4])};
        long[] last = before.getOrDefault(words[1], now);
        double seconds = Math.max(1e-3, (nanos - beforeNanos) / NANOS);
        before.put(words[1], now);
        links.add(new LinkState(
                words[1],
                words[2].equals("1"),
                Math.max(0, now[0] - last[0]) / seconds,
                Math.max(0, now[1] - last[1]) / seconds));
    }

    /** {@code address 2: eth0 inet 192.0.2.1/24 …}. */
    private void address(String[] words) {
        for (int i = 2; i + 1 < words.length; i++) {
            if (words[i].equals("inet") || words[i].equals("inet6")) {
                addresses.add(words[i + 1].split("/")[0]);
                return;
            }
        }
    }

    /** {@code neighbour 192.0.2.1 dev eth0 lladdr … STATE}. */
    private void neighbour(String[] words) {
        if (words.length >= LINK_WORDS && words[2].equals("dev")) {
            neighbours.add(new NeighbourState(words[1], words[3], words[words.length - 1]));
        }
    }
}
