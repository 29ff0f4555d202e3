package io.twoarm.artifact;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rule of nftables that gives connections an outside address, or says which of their packets pass.
 *
 * @param comment which NAT gateway it is of
 * @param text as in the file
 */
public record NatRule(String comment, String text) {

    /** One rule for each gateway and family that has both networks and addresses. */
    static List<NatRule> of(List<NatGateway> gateways) {
        List<NatRule> rules = new ArrayList<>();
        for (NatGateway gateway : gateways) {
            for (boolean ipv4 : List.of(true, false)) {
                List<Prefix> sources = gateway.sources().stream()
                        .filter(source -> source.isIpv4() == ipv4)
                        .toList();
                List<InetAddress> addresses = gateway.addresses().stream()
                        .filter(address -> IpLiteral.isIpv4(address) == ipv4)
                        .toList();
                if (!sources.isEmpty() && !addresses.isEmpty()) {
                    rules.add(new NatRule(
                            "NAT gateway " + gateway.name() + ".", text(gateway, sources, addresses, ipv4)));
                }
            }
        }
        return rules;
    }

    /** For gateways that let in answers only; established also covers what a helper expects and messages of ICMP. */
    static List<NatRule> filters(List<NatGateway> gateways) {
        List<NatRule> rules = new ArrayList<>();
        for (NatGateway gateway : gateways) {
            if (!gateway.firewall()) {
                continue;
            }
            String from = "iifname \"" + gateway.port() + "\" ";
            rules.add(new NatRule(
                    "NAT gateway " + gateway.name()
                            + ": from outside come only packets of connections that hosts behind" + " it have opened.",
                    from + "ct state established,related accept"));
            rules.add(new NatRule("All else stays out.", from + "drop"));
            rules.add(new NatRule(
                    "What belongs to no connection would leave with its inside address.",
                    "oifname \"" + gateway.port() + "\" ct state invalid drop"));
        }
        return rules;
    }

    private static String text(NatGateway gateway, List<Prefix> sources, List<InetAddress> addresses, boolean ipv4) {
        String family = ipv4 ? "ip" : "ip6";
        String networks = sources.stream().map(Prefix::toString).collect(Collectors.joining(", "));
        String target = addresses.size() == 1
                ? IpLiteral.format(addresses.getFirst())
                // By the host's own address, so that a host always leaves with the same one.
                : "jhash " + family + " saddr mod " + addresses.size() + " map { "
                        + IntStream.range(0, addresses.size())
                                .mapToObj(i -> i + " : " + IpLiteral.format(addresses.get(i)))
                                .collect(Collectors.joining(", "))
                        + " }";
        return family + " saddr { " + networks + " } oifname \"" + gateway.port() + "\" snat " + family + " to "
                + target;
    }
}
