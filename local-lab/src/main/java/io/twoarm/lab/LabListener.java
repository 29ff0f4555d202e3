package io.twoarm.lab;

/** Hears how a lab starts. It is called on the starting thread, so it should be quick. */
@FunctionalInterface
public interface LabListener {
    void happened(LabEvent event);
}
