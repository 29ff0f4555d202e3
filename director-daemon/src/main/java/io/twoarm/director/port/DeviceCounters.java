package io.twoarm.director.port;

/**
 * What a driver counts; bytes without FCS.
 *
 * @param missed received by the device but lost because the receive queue was full
 * @param noBuffer received but lost because the packet pool was empty
 */
public record DeviceCounters(
        long receivedPackets,
        long receivedBytes,
        long sentPackets,
        long sentBytes,
        long missed,
        long receiveErrors,
        long noBuffer,
        long sendErrors) {}
