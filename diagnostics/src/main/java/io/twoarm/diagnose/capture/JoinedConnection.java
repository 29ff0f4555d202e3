package io.twoarm.diagnose.capture;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection on both sides of its director.
 *
 * @param number of the connection within the capture, from 1
 * @param sightings its frames at all places, in the order of their time
 * @param seen the first frame of each line that was seen
 * @param missing the first line that should have been seen and was not
 * @param begunBefore whether it is a TCP connection whose SYN was seen nowhere, so that it is older than the capture. Which
 *     line such a connection would have next cannot be told, so none is missing
 * @param bySession whether the director's session table tied the sides together; otherwise the packets themselves did
 */
public record JoinedConnection(
        int number,
        Translation translation,
        List<Sighting> sightings,
        Map<MissingLine.Step, Sighting> seen,
        Optional<MissingLine> missing,
        boolean begunBefore,
        boolean bySession) {
    public JoinedConnection {
        sightings = List.copyOf(sightings);
        seen = Map.copyOf(seen);
    }

    /** Whether a client made it; not a director's own connection to a realserver, such as a health check. */
    public boolean ofService() {
        return bySession
                || !translation.keepsAddresses()
                || missing.isPresent()
                        && sightings.stream().anyMatch(sighting -> sighting.leg() == Leg.CLIENT_TO_VIRTUAL);
    }

    /** How many of the four lines were seen. */
    public int lines() {
        return (int) sightings.stream().map(Sighting::leg).distinct().count();
    }
}
