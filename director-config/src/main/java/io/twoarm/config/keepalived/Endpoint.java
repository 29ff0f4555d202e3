package io.twoarm.config.keepalived;

import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param port 0 to 65535; 0 for all
 */
record Endpoint(InetAddress address, int port) {

    /** An address and a port, two words behind a keyword. */
    static Optional<Endpoint> read(Statement block, Report report) {
        List<Token> words = block.arguments();
        if (words.size() != 2) {
            report.error(
                    "bad-value",
                    block.origin(),
                    block.keyword(),
                    block.keyword() + " is followed by an address and a port, two words; here are " + words.size()
                            + ".",
                    "Write " + block.keyword() + " 192.168.229.1 80.");
            return Optional.empty();
        }
        Optional<InetAddress> address = report.address(words.getFirst(), block.keyword());
        Optional<Integer> port = report.number(words.get(1), block.keyword(), 0, 65535);
        return address.flatMap(found -> port.map(number -> new Endpoint(found, number)));
    }
}
