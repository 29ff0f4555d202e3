package io.twoarm.config.keepalived;

import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Reads what a virtual server is for: an address and port, a group of them, or flows that match. */
final class TargetReader {
    private final Report report;

    TargetReader(Report report) {
        this.report = report;
    }

    Optional<VirtualServer.Target> read(Statement block) {
        List<Token> words = block.arguments();
        if (words.size() != 2) {
            report.error(
                    "bad-value",
                    block.origin(),
                    "virtual_server",
                    "virtual_server is followed by a VIP and a port, two words; here are " + words.size() + ".",
                    "Write virtual_server 10.0.96.204 80 {, virtual_server group NAME {, or virtual_server match NAME {.");
            return Optional.empty();
        }
        String first = words.getFirst().value();
        if (first.equals("group")) {
            return Optional.of(new VirtualServer.Target.Group(words.get(1).value()));
        }
        if (first.equals("match")) {
            return Optional.of(readMatch(block, words.get(1).value()));
        }
        if (first.equals("fwmark")) {
            report.unsupported(block.origin(), first, "virtual_server " + first, "Remove it.");
            return Optional.empty();
        }
        Optional<InetAddress> vip = report.address(words.getFirst(), "virtual_server");
        Optional<Integer> port = report.number(words.get(1), "virtual_server", 0, 65535);
        return vip.isPresent() && port.isPresent()
                ? Optional.of(new VirtualServer.Target.Single(vip.get(), port.get()))
                : Optional.empty();
    }

    private VirtualServer.Target.Match readMatch(Statement block, String name) {
        Optional<FlowEnds> source = Optional.empty();
        Optional<FlowEnds> destination = Optional.empty();
        Optional<String> in = Optional.empty();
        Optional<String> out = Optional.empty();
        for (Statement statement : block.statements()) {
            switch (statement.keyword()) {
                case "src-range" -> source = readEnds(statement);
                case "dst-range" -> destination = readEnds(statement);
                case "iif" ->
                    in = report.word(statement, "the name of a device").map(Token::value);
                case "oif" ->
                    out = report.word(statement, "the name of a device").map(Token::value);
                default -> {
                    // Read with the others.
                }
            }
        }
        return new VirtualServer.Target.Match(name, source, destination, in, out);
    }

    private Optional<FlowEnds> readEnds(Statement statement) {
        return report.word(statement, FlowEnds.ALLOWED).flatMap(word -> {
            Optional<FlowEnds> ends = FlowEnds.parse(word.value());
            if (ends.isEmpty()) {
                report.badValue(word, statement.keyword(), FlowEnds.ALLOWED);
            }
            return ends;
        });
    }
}
