package io.twoarm.diagnose.capture;

import java.util.List;
import java.util.Optional;

/**
 * One connection on both sides of its director.
 *
 * @param number of the connection within the capture, from 1
 * @param sightings its frames at all places, in the order of their time
 * @param missing the first line that should have been seen and was not
 * @param bySession whether the director's session table tied the sides together; otherwise the packets themselves did
 */
public record JoinedConnection(
        int number,
        Translation translation,
        List<Sighting> sightings,
        Optional<MissingLine> missing,
        boolean bySession) {
    public JoinedConnection {
        sightings = List.copyOf(sightings);
    }
}
