package io.twoarm.director.exception;

/**
 * The kernel's twin of a port at one moment.
 *
 * @param port the port's name in {@code dpvs.conf}
 * @param name the interface's name
 * @param toKernel frames that the kernel took
 * @param fromKernel frames that the kernel sent
 * @param refused frames that the kernel did not take, as when the interface is down
 * @param lost frames of the kernel for which there was no buffer or no room
 */
public record TwinStatus(String port, String name, long toKernel, long fromKernel, long refused, long lost) {}
