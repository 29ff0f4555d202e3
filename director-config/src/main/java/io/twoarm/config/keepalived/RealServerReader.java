package io.twoarm.config.keepalived;

import io.twoarm.config.syntax.Node.Statement;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Reads realservers with their limits and checks. */
final class RealServerReader {
    private final Report report;
    private final KeywordGuard guard;

    RealServerReader(Report report, KeywordGuard guard) {
        this.report = report;
        this.guard = guard;
    }

    Optional<RealServer> read(Statement block, Inherited fromVirtualServer) {
        List<Statement> statements = guard.honoured(block.statements(), "real_server");
        Inherited inherited = fromVirtualServer.with(statements, report);
        List<Statement> checks = statements.stream()
                .filter(statement -> statement.keyword().equals("TCP_CHECK"))
                .toList();
        if (checks.size() > 1) {
            report.unsupported(checks.get(1).origin(), "TCP_CHECK", "More than one check of a realserver", "Keep one.");
        }
        Optional<TcpCheck> check = checks.stream().findFirst().map(found -> readCheck(found, inherited));
        ConnectionLimits limits = readLimits(statements);
        return Endpoint.read(block, report)
                .map(server -> new RealServer(
                        server.address(),
                        server.port(),
                        inherited.weight().orElse(RealServer.DEFAULT_WEIGHT),
                        inherited.inhibitOnFailure(),
                        check,
                        limits,
                        block.origin()));
    }

    private ConnectionLimits readLimits(List<Statement> statements) {
        int upper = 0;
        int lower = 0;
        for (Statement statement : statements) {
            switch (statement.keyword()) {
                case "uthreshold" ->
                    upper = report.number(statement, 0, ConnectionLimits.HIGHEST)
                            .orElse(0);
                case "lthreshold" ->
                    lower = report.number(statement, 0, ConnectionLimits.HIGHEST)
                            .orElse(0);
                default -> {
                    // Read elsewhere.
                }
            }
        }
        return new ConnectionLimits(upper, lower);
    }

    private TcpCheck readCheck(Statement block, Inherited fromRealServer) {
        List<Statement> statements = guard.honoured(block.statements(), "TCP_CHECK");
        Inherited values = fromRealServer.with(statements, report);
        Optional<InetAddress> connectIp = Optional.empty();
        Optional<Integer> connectPort = Optional.empty();
        for (Statement statement : statements) {
            switch (statement.keyword()) {
                case "connect_ip" ->
                    connectIp = report.word(statement, "an IPv4 or IPv6 address")
                            .flatMap(word -> report.address(word, "connect_ip"));
                case "connect_port" -> connectPort = report.number(statement, 1, 65535);
                default -> {
                    // Inherited ones are read above.
                }
            }
        }
        return new TcpCheck(
                connectIp,
                connectPort,
                values.interval().orElse(TcpCheck.DEFAULT_INTERVAL),
                values.connectTimeout().orElse(TcpCheck.DEFAULT_CONNECT_TIMEOUT),
                values.retry().orElse(TcpCheck.DEFAULT_RETRY),
                values.delayBeforeRetry().orElse(TcpCheck.DEFAULT_DELAY_BEFORE_RETRY));
    }
}
