package io.twoarm.model.walk;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Siit;
import io.twoarm.model.TranslationPrefix;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.walk.Balancing.Translation;
import io.twoarm.model.walk.Hop.Rule;
import java.net.InetAddress;
import java.util.Optional;

/** What a director makes of a packet that it translates between the families besides services. */
final class Translating {
    private final Host.Director director;

    Translating(Host.Director director) {
        this.director = director;
    }

    /** By the sessions of NAT64 where the destination is in its prefix or pool, otherwise without. */
    Translation translate(Packet packet) throws Blockage {
        if (director.kind() != DirectorKind.BUNDLED) {
            throw new Blockage(
                    Fault.NOT_POSSIBLE,
                    director.name() + " is no bundled director and translates for services only",
                    "Write kind: bundled.");
        }
        Optional<Nat64> nat64 = director.dataplane().translation().nat64();
        InetAddress destination = packet.tuple().destination();
        if (nat64.isPresent() && nat64.get().prefix().contains(destination)) {
            return outwards(nat64.get(), packet);
        }
        if (nat64.isPresent() && nat64.get().pool().contains(destination)) {
            return inwards(nat64.get(), packet);
        }
        return stateless(director.dataplane().translation().siit().orElseThrow(), packet);
    }

    private Translation outwards(Nat64 nat64, Packet packet) throws Blockage {
        Tuple tuple = packet.tuple();
        if (!TranslationPrefix.isOne(nat64.prefix())) {
            throw noCounterpart(tuple.destination());
        }
        if (tuple.protocol() == Protocol.SCTP) {
            throw new Blockage(
                    Fault.NOT_POSSIBLE,
                    "NAT64 of " + director.name() + " translates TCP, UDP and pings, not SCTP",
                    "Add a virtual service for it.");
        }
        InetAddress ipv4 = TranslationPrefix.extract(nat64.prefix(), tuple.destination());
        InetAddress own = nat64.pool().network();
        return new Translation(
                Rule.TRANSLATE,
                "NAT64 takes " + IpLiteral.format(ipv4) + " out of prefix " + nat64.prefix() + " and gives "
                        + IpLiteral.format(tuple.source()) + " the address " + IpLiteral.format(own) + " of its pool",
                packet.with(tuple.to(ipv4, tuple.destinationPort()).from(own, tuple.sourcePort())),
                ipv4);
    }

    private Translation inwards(Nat64 nat64, Packet packet) throws Blockage {
        Tuple tuple = packet.tuple();
        Nat64.Binding binding = nat64.bindings().stream()
                .filter(it -> it.address().equals(tuple.destination())
                        && it.port() == tuple.destinationPort()
                        && it.protocol().name().equals(tuple.protocol().name()))
                .findFirst()
                .orElseThrow(() -> new Blockage(
                        Fault.NO_SERVICE,
                        "NAT64 of " + director.name() + " has no binding for "
                                + Tuple.endpoint(tuple.destination(), tuple.destinationPort()),
                        "Add one to bindings:, or let the IPv6 host begin."));
        if (!TranslationPrefix.isOne(nat64.prefix())) {
            throw noCounterpart(tuple.source());
        }
        InetAddress source = TranslationPrefix.embed(nat64.prefix(), tuple.source());
        return new Translation(
                Rule.TRANSLATE,
                "a binding of NAT64 leads to " + Tuple.endpoint(binding.host(), binding.hostPort()),
                packet.with(tuple.to(binding.host(), binding.hostPort()).from(source, tuple.sourcePort())),
                binding.host());
    }

    private Translation stateless(Siit siit, Packet packet) throws Blockage {
        Tuple tuple = packet.tuple();
        InetAddress source = counterpart(siit, tuple.source());
        InetAddress destination = counterpart(siit, tuple.destination());
        return new Translation(
                Rule.TRANSLATE,
                "SIIT maps " + IpLiteral.format(tuple.destination()) + " to " + IpLiteral.format(destination) + " and "
                        + IpLiteral.format(tuple.source()) + " to " + IpLiteral.format(source),
                packet.with(tuple.to(destination, tuple.destinationPort()).from(source, tuple.sourcePort())),
                destination);
    }

    private InetAddress counterpart(Siit siit, InetAddress address) throws Blockage {
        Optional<InetAddress> other = IpLiteral.isIpv4(address) ? siit.toIpv6(address) : siit.toIpv4(address);
        if (other.isEmpty()) {
            throw noCounterpart(address);
        }
        return other.get();
    }

    private Blockage noCounterpart(InetAddress address) {
        return new Blockage(
                Fault.NOT_FORWARDED,
                IpLiteral.format(address) + " has no counterpart in the other family at " + director.name(),
                "Give SIIT a mapping for it, or a prefix.");
    }
}
