package io.twoarm.diagnose.trace;

import io.twoarm.diagnose.host.AddressNames;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One line of a trace.
 *
 * @param number from 1, the TTL of the packet that ended there
 * @param address who answered; empty when nobody did in time
 * @param millis round trip
 * @param mark what the answer said besides, such as {@code !N} (network unreachable), {@code !H}, {@code !X}; mostly empty
 * @param owner what the topology knows the address as
 * @param predicted the host that the design has at this place
 */
public record TraceHop(
        int number,
        Optional<InetAddress> address,
        double millis,
        String mark,
        Optional<AddressNames.Owner> owner,
        Optional<String> predicted) {

    /** Whether another host answered than the design has here. */
    public boolean surprising() {
        return address.isPresent()
                && (predicted.isEmpty()
                        || owner.filter(known -> known.host().equals(predicted.get()))
                                .isEmpty());
    }
}
