package io.twoarm.director.port;

/**
 * @param megabitsPerSecond 0 when not known
 */
public record LinkState(boolean up, int megabitsPerSecond, boolean fullDuplex) {}
