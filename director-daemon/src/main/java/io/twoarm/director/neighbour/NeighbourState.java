package io.twoarm.director.neighbour;

/** What is known of a neighbour's Ethernet address. The ordinal is what a neighbour record holds. */
public enum NeighbourState {
    /** The record is unused. */
    FREE,
    /** Never asked. */
    IDLE,
    /** Asked, no answer yet; packets wait. */
    INCOMPLETE,
    /** Answered not long ago, or given by configuration. */
    REACHABLE,
    /** Answered long ago and not used since. */
    STALE,
    /** In use and being asked again, while the old address serves. */
    PROBE,
    /** Did not answer; packets are dropped until it is asked again. */
    FAILED
}
