package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a {@code vrrp_instance} says to the director: its addresses, and the device that they belong to. */
final class VrrpReader {
    private static final String CONTEXT = "vrrp_instance";
    private static final String ADDRESSES = "virtual_ipaddress";

    private final Report report;
    private final KeywordGuard guard;

    VrrpReader(Report report, KeywordGuard guard) {
        this.report = report;
        this.guard = guard;
    }

    Optional<VrrpInstance> read(Statement block) {
        Optional<Token> name = report.word(block, "a name");
        Optional<String> device = Optional.empty();
        List<InetAddress> addresses = new ArrayList<>();
        for (Statement statement : guard.honoured(block.statements(), CONTEXT)) {
            if (statement.body().isPresent()) {
                guard.lines(statement).forEach(line -> address(line).ifPresent(addresses::add));
            } else {
                device = report.word(statement, "the name of a device of dpvs.conf")
                        .map(Token::value);
            }
        }
        if (device.isEmpty()) {
            report.error(
                    "missing-value",
                    block.origin(),
                    "dpdk_interface",
                    "The VRRP instance names no device of the dataplane.",
                    "Add dpdk_interface and the name of a device of dpvs.conf.");
            return Optional.empty();
        }
        Optional<String> where = device;
        return name.map(word -> new VrrpInstance(word.value(), where.get(), addresses, block.origin()));
    }

    /** The address of a line; what else stands there is the kernel's matter. */
    private Optional<InetAddress> address(Statement line) {
        Token word = line.words().getFirst();
        String text = word.value();
        int slash = text.indexOf('/');
        Optional<InetAddress> address = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            report.badValue(word, ADDRESSES, "an address such as 10.0.96.204");
        }
        return address;
    }
}
