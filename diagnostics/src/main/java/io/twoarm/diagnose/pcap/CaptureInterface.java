package io.twoarm.diagnose.pcap;

/**
 * Where frames were captured.
 *
 * @param name such as {@code client/eth0}; empty when the file does not tell
 * @param description one line for people, may be empty
 * @param linkType {@code LINKTYPE_} value of tcpdump.org; 1 is Ethernet
 */
public record CaptureInterface(String name, String description, int linkType) {}
