package io.twoarm.director.service;

import java.time.Duration;

/**
 * A client's new flows go to the realserver of its last one.
 *
 * @param time for so long after the last new flow
 * @param prefixLength bits of the address that clients with one realserver share, 1 to 128; more than the family has means
 *     all of them
 * @param leavesQuiescent whether a realserver of weight 0 loses its clients; otherwise they still come back to it
 */
public record Persistence(Duration time, int prefixLength, boolean leavesQuiescent) {}
