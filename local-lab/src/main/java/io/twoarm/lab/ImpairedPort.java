package io.twoarm.lab;

/** A port whose cable is impaired. */
public record ImpairedPort(String host, String port, Impairment impairment) {}
