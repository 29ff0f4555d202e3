package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Bgp;
import io.twoarm.artifact.existing.ExistingDirector.Instance;
import io.twoarm.artifact.existing.ExistingDirector.LocalAddress;
import io.twoarm.artifact.existing.ExistingDirector.Owned;
import io.twoarm.artifact.existing.ExistingDirector.Service;
import io.twoarm.artifact.existing.ExistingDirector.Vlan;
import io.twoarm.artifact.existing.ExistingDirector.Way;
import io.twoarm.config.AddressLiteral;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been read of a director so far, while its files are read one after the other. */
final class Gathering {
    Optional<String> name = Optional.empty();
    Optional<DpvsConf> dpvs = Optional.empty();
    boolean oldLanguage;
    boolean localAddressGroups;
    boolean staticAddresses;
    boolean staticRoutes;
    boolean dpvsDialect;

    /** Set when the files are a router's own configuration. */
    Optional<DirectorKind> router = Optional.empty();

    /** What that configuration says, one setting each. */
    final Set<String> routerSays = new HashSet<>();

    Optional<String> syncPort = Optional.empty();
    Optional<Bgp> bgp = Optional.empty();

    /** Ports by which only answers come in. */
    final Set<String> filteredPorts = new HashSet<>();

    final List<Attachment> nics = new ArrayList<>();
    final List<Vlan> vlans = new ArrayList<>();
    final List<Owned> addresses = new ArrayList<>();
    final List<Way> routes = new ArrayList<>();
    final List<Instance> instances = new ArrayList<>();
    final List<Service> services = new ArrayList<>();
    final List<NatGateway> gateways = new ArrayList<>();
    final List<Unmapped> unmapped = new ArrayList<>();
    final Map<String, List<LocalAddress>> localAddresses = new LinkedHashMap<>();

    void unmapped(ExistingFile file, int line, String text, String why) {
        unmapped.add(new Unmapped(file.path(), line, text, why));
    }

    /** A way out with a port for each destination; one that is known already gets the further networks. */
    void wayOut(String port, List<InetAddress> addresses, List<Prefix> sources) {
        wayOut(port, addresses, sources, Optional.empty());
    }

    /**
     * The same with ports that are mapped independently of destinations, if so.
     *
     * @return false where the way out is known already, and with other ports; then it keeps these
     */
    boolean wayOut(
            String port,
            List<InetAddress> addresses,
            List<Prefix> sources,
            Optional<NatGateway.OutsideFilter> endpointIndependent) {
        for (int i = 0; i < gateways.size(); i++) {
            NatGateway known = gateways.get(i);
            if (known.port().equals(port) && known.addresses().equals(addresses)) {
                Set<Prefix> all = new LinkedHashSet<>(known.sources());
                all.addAll(sources);
                gateways.set(i, known.withSources(List.copyOf(all)));
                return known.endpointIndependent().equals(endpointIndependent);
            }
        }
        String name = "way-out" + (gateways.isEmpty() ? "" : "-" + (gateways.size() + 1));
        gateways.add(new NatGateway(name, "director", port, addresses, sources)
                .withEndpointIndependent(endpointIndependent));
        return true;
    }

    /** The gateways with what is known of filters by now. */
    List<NatGateway> filteredGateways() {
        return gateways.stream()
                .map(gateway -> filteredPorts.contains(gateway.port()) ? gateway.withFirewall(true) : gateway)
                .toList();
    }

    /** An address with or without a length, as keepalived, ip and dpip write it. */
    static Optional<Owned> owned(String text, String device) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = IpLiteral.bits(address.get());
        String digits = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
            return Optional.empty();
        }
        return Optional.of(new Owned(address.get(), Integer.parseInt(digits), device));
    }

    /** A network as the tools write it; {@code default} takes its family from the gateway. */
    static Optional<Prefix> network(String text, Optional<InetAddress> gateway, boolean ipv6) {
        if (text.equals("default")) {
            InetAddress family = gateway.orElseGet(() -> IpLiteral.parse(ipv6 ? "::" : "0.0.0.0"));
            return Optional.of(Prefix.everything(family));
        }
        try {
            return Gathering.owned(text, "").map(it -> Prefix.around(it.address(), it.length()));
        } catch (InvalidLiteralException notANetwork) {
            return Optional.empty();
        }
    }
}
