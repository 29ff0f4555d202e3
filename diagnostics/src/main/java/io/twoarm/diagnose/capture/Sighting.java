package io.twoarm.diagnose.capture;

/** A frame of a connection at one place, and which of the connection's lines it is. */
public record Sighting(SeenFrame frame, Leg leg) {}
