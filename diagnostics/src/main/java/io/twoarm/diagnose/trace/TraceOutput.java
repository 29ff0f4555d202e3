package io.twoarm.diagnose.trace;

import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.model.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of {@code traceroute -n -q 1}: a number, and an address with its round trip, or an asterisk. */
final class TraceOutput {
    private static final Pattern HOP =
            Pattern.compile("^ *(\\d+)  (?:(\\*)|([0-9a-fA-F.:]+)  ([0-9.]+) ms(?: (!\\S+))?).*$");

    private final AddressNames names;
    private final List<String> predicted;

    /** @param predicted the hosts that the design has on the way, the first one first */
    TraceOutput(AddressNames names, List<String> predicted) {
        this.names = names;
        this.predicted = predicted;
    }

    /** The hop that a line tells; empty when it is none. */
    Optional<TraceHop> hop(String line) {
        Matcher hop = HOP.matcher(line);
        if (!hop.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(hop.group(1));
        Optional<InetAddress> address = Optional.ofNullable(hop.group(3)).map(IpLiteral::parse);
        return Optional.of(new TraceHop(
                number,
                address,
                hop.group(4) == null ? 0 : Double.parseDouble(hop.group(4)),
                Optional.ofNullable(hop.group(5)).orElse(""),
                address.flatMap(names::owner),
                number <= predicted.size() ? Optional.of(predicted.get(number - 1)) : Optional.empty()));
    }
}
