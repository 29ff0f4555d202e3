package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import java.time.Duration;

/**
 * A health check that opens a TCP connection and closes it again. The names are those of {@code keepalived.conf}.
 *
 * @param address where to connect, usually the realserver's own address
 * @param port TCP port, 1 to 65535
 * @param source own address to connect from, or a family's ANY for the service's first local address
 * @param connectTimeout time for the handshake
 * @param delayLoop time from one verdict to the next attempt
 * @param retry failed attempts that are repeated before the realserver counts as down
 * @param delayBeforeRetry time between such attempts
 * @param downAtStart whether the realserver counts as down until the first success ({@code alpha})
 */
public record TcpCheck(
        IpAddress address,
        int port,
        IpAddress source,
        Duration connectTimeout,
        Duration delayLoop,
        int retry,
        Duration delayBeforeRetry,
        boolean downAtStart) {}
