package io.twoarm.director.scheduling;

/**
 * What a realserver was given.
 *
 * @param name tells it from the others and stays the same on every director, such as {@code 192.168.229.1:80}
 * @param weight its share of new flows, 0 to 65535; 0 for none
 */
public record Share(String name, int weight) {}
