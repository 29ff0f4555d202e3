package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.Leg;
import io.twoarm.diagnose.capture.MissingLine;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.Sighting;
import io.twoarm.diagnose.capture.Translation;
import io.twoarm.diagnose.packet.Flow;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A line of the capture's table: a packet, or a connection with its packets below it and perhaps a line that is missing. */
public sealed interface CaptureRow {
    /** Nanoseconds since 1970. */
    long nanos();

    /** Words of the table's columns, for search; the packet is read for it. */
    String text();

    /**
     * @param leg which of the connection's four lines it is; empty in the list of all packets
     * @param grouped whether it stands below its connection
     */
    record Packet(SeenFrame frame, Optional<Leg> leg, boolean grouped) implements CaptureRow {
        @Override
        public long nanos() {
            return frame.nanos();
        }

        @Override
        public String text() {
            return place() + " " + leg.map(Leg::words).orElse("") + " "
                    + frame.decoded().summary();
        }

        /** {@code client/eth0} with the direction as an arrow: ↓ into the host, ↑ out of it. */
        public String place() {
            return frame.point() + arrow(frame.direction());
        }

        private static String arrow(Direction direction) {
            return switch (direction) {
                case IN -> " ↓";
                case OUT -> " ↑";
                case UNKNOWN -> "";
            };
        }

        public String source() {
            return frame.flow().map(flow -> flow.source().toString()).orElse("");
        }

        public String destination() {
            return frame.flow().map(flow -> flow.destination().toString()).orElse("");
        }
    }

    /**
     * @param key names it as long as it lives, whatever is learnt about it
     * @param packets seen of it at all places
     */
    record Connection(String key, JoinedConnection joined, int packets, boolean expanded) implements CaptureRow {
        @Override
        public long nanos() {
            return joined.sightings().getFirst().frame().nanos();
        }

        @Override
        public String text() {
            return joined.translation().clientFlow() + " "
                    + joined.translation().serverFlow() + " "
                    + joined.translation().state() + " "
                    + joined.missing().map(MissingLine::cause).orElse("");
        }

        /** What the other side of the director sees; empty when it sees the same. */
        public Optional<Flow> otherSide() {
            Translation translation = joined.translation();
            return translation.keepsAddresses() ? Optional.empty() : Optional.of(translation.serverFlow());
        }

        /** Two rows of the same connection show the same when nothing was seen of it since. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Connection that
                    && key.equals(that.key)
                    && packets == that.packets
                    && expanded == that.expanded
                    && joined.number() == that.joined.number()
                    && joined.missing().equals(that.joined.missing())
                    && joined.translation().equals(that.joined.translation());
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** The first line of a connection that should have been seen and was not; stands at the end of its packets. */
    record Missing(String key, long nanos, MissingLine line) implements CaptureRow {
        @Override
        public String text() {
            return line.step().words() + " " + line.cause();
        }
    }

    /**
     * Connections with what belongs to them.
     *
     * @param open whether the packets of the connection with a key are shown
     * @param words that a connection or one of its packets must have, in lower case
     */
    static List<CaptureRow> of(List<JoinedConnection> connections, Predicate<String> open, List<String> words) {
        List<CaptureRow> rows = new ArrayList<>();
        for (JoinedConnection joined : connections) {
            String key = key(joined.translation());
            boolean expanded = open.test(key);
            Connection head = new Connection(key, joined, joined.sightings().size(), expanded);
            boolean all = matches(head, words);
            List<Packet> packets = all && !expanded
                    ? List.of()
                    : joined.sightings().stream()
                            .map(CaptureRow::packet)
                            .filter(packet -> all || matches(packet, words))
                            .toList();
            if (!all && packets.isEmpty()) {
                continue;
            }
            rows.add(head);
            if (expanded) {
                rows.addAll(packets);
                joined.missing().ifPresent(line -> rows.add(new Missing(key, head.nanos(), line)));
            }
        }
        return rows;
    }

    private static Packet packet(Sighting sighting) {
        return new Packet(sighting.frame(), Optional.of(sighting.leg()), true);
    }

    /** The two ends outside; what the director makes of them may be learnt later. */
    private static String key(Translation translation) {
        return translation.protocol() + " " + translation.clientFlow();
    }

    static boolean matches(CaptureRow row, List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        String text = row.text().toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }

    /** The places that stand in a row, for leading to the host. */
    default Optional<CapturePoint> point() {
        return switch (this) {
            case Packet packet -> Optional.of(packet.frame().point());
            case Connection connection ->
                connection.joined().missing().isPresent()
                        ? Optional.of(connection
                                .joined()
                                .sightings()
                                .getLast()
                                .frame()
                                .point())
                        : Optional.of(connection
                                .joined()
                                .sightings()
                                .getFirst()
                                .frame()
                                .point());
            case Missing missing -> Optional.empty();
        };
    }
}
