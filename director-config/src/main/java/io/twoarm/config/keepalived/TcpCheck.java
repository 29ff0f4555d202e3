package io.twoarm.config.keepalived;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A check that opens a TCP connection and closes it again. All values are those in effect, inherited ones included.
 *
 * @param connectIp the address; empty for the realserver's
 * @param connectPort the port; empty for the realserver's
 * @param interval time between two checks ({@code delay_loop})
 * @param connectTimeout time for the realserver to answer
 * @param retry failed attempts that are repeated before the realserver counts as down
 * @param delayBeforeRetry time between such attempts
 */
public record TcpCheck(
        Optional<InetAddress> connectIp,
        Optional<Integer> connectPort,
        Duration interval,
        Duration connectTimeout,
        int retry,
        Duration delayBeforeRetry) {

    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final int DEFAULT_RETRY = 1;
    public static final Duration DEFAULT_DELAY_BEFORE_RETRY = Duration.ofSeconds(1);
}
