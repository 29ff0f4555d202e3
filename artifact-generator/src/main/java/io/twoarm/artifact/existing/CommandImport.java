package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.LocalAddress;
import io.twoarm.artifact.existing.ExistingDirector.Real;
import io.twoarm.artifact.existing.ExistingDirector.Service;
import io.twoarm.artifact.existing.ExistingDirector.Vlan;
import io.twoarm.artifact.existing.ExistingDirector.Way;
import io.twoarm.config.AddressLiteral;
import io.twoarm.model.Attachment;
import io.twoarm.model.Prefix;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads commands: {@code ipvsadm} (also the text of {@code ipvsadm -S}), {@code dpip} and {@code ip}, DPDK's arguments in
 * units and scripts, and rules of nftables that give connections a source address. Every other line is passed over.
 */
final class CommandImport {
    private static final Pattern RULE =
            Pattern.compile("(?:\\S*/)?(?:ipvsadm\\s+)?(-A|-a|-P|--add-service|--add-server|--add-laddr)\\s+(.*)");
    private static final Pattern DPIP = Pattern.compile(
            "(?:\\S*/)?(?:dpip|tell|ip)\\s+(?:(-6|-4)\\s+)?(addr|route|vlan)\\s+(?:-6\\s+)?(add|replace)\\s+(.*)");
    private static final Pattern DPIP_FLAG = Pattern.compile("(?:\\S*/)?(?:dpip|tell|ip)\\s+route\\s+-6\\s.*");
    private static final Pattern NIC = Pattern.compile("(?:^|\\s)(?:-a|-w)\\s+(" + Attachment.Pci.PATTERN
            + ")|--vdev=net_af_packet[0-9]+,iface=([A-Za-z0-9_.-]+)");
    private static final Pattern SOURCE_NAT = Pattern.compile(
            "ip6? saddr \\{ ([^}]+) } oifname \"([^\"]+)\" snat ip6? to (?:jhash [^{]*\\{ ([^}]+) }|(\\S+))");
    private static final Pattern FILTER = Pattern.compile("iifname \"([^\"]+)\" drop");
    private static final Map<String, Integer> PORTS =
            Map.of("ftp", 21, "ssh", 22, "telnet", 23, "smtp", 25, "domain", 53, "www", 80, "http", 80, "https", 443);

    private final ExistingFile file;
    private final Gathering gathering;

    CommandImport(ExistingFile file, Gathering gathering) {
        this.file = file;
        this.gathering = gathering;
    }

    void read() {
        int number = 0;
        for (String raw : file.text().split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.startsWith("#")) {
                continue;
            }
            Matcher rule = RULE.matcher(line);
            Matcher dpip = DPIP.matcher(line);
            if (rule.matches()) {
                rule(rule.group(1), List.of(rule.group(2).split("\\s+")), number, line);
            } else if (dpip.matches()) {
                boolean ipv6 =
                        "-6".equals(dpip.group(1)) || DPIP_FLAG.matcher(line).matches();
                address(dpip.group(2), List.of(dpip.group(4).split("\\s+")), ipv6, number, line);
            }
            nics(line);
            Matcher filter = FILTER.matcher(line);
            if (filter.matches()) {
                gathering.filteredPorts.add(filter.group(1));
            }
            sourceNat(line);
        }
    }

    private void nics(String line) {
        Matcher nics = NIC.matcher(line);
        while (nics.find()) {
            gathering.nics.add(
                    nics.group(1) != null ? new Attachment.Pci(nics.group(1)) : new Attachment.AfPacket(nics.group(2)));
        }
    }

    private void sourceNat(String line) {
        Matcher nat = SOURCE_NAT.matcher(line);
        while (nat.find()) {
            List<Prefix> sources = Arrays.stream(nat.group(1).split(",\\s*"))
                    .flatMap(it -> Gathering.network(it, Optional.empty(), false).stream())
                    .toList();
            List<InetAddress> addresses = nat.group(4) != null
                    ? AddressLiteral.parse(nat.group(4)).stream().toList()
                    : Arrays.stream(nat.group(3).split(",\\s*"))
                            .flatMap(it -> AddressLiteral.parse(it.replaceFirst("^[0-9]+ : ", "")).stream())
                            .toList();
            gathering.wayOut(nat.group(2), addresses, sources);
        }
    }

    private void address(String what, List<String> words, boolean ipv6, int number, String line) {
        if (what.equals("vlan")) {
            vlan(words, number, line);
            return;
        }
        String device = KeepalivedImport.after(words, "dev").orElse("");
        if (what.equals("addr")) {
            Gathering.owned(words.getFirst(), device)
                    .ifPresentOrElse(gathering.addresses::add, () -> missing(number, line, "it is no address"));
            return;
        }
        if (words.contains("kni_host")) {
            return; // follows from the kernel's address, which the same script sets
        }
        Optional<InetAddress> via = KeepalivedImport.after(words, "via").flatMap(AddressLiteral::parse);
        Gathering.network(words.getFirst(), via, ipv6)
                .ifPresentOrElse(
                        it -> gathering.routes.add(
                                new Way(it, via, device.isEmpty() ? Optional.empty() : Optional.of(device))),
                        () -> missing(number, line, "it is no route"));
    }

    /** {@code dpip vlan add [NAME] link DEVICE [proto PROTOCOL] id NUMBER}. */
    private void vlan(List<String> words, int number, String line) {
        Optional<String> link = KeepalivedImport.after(words, "link");
        Optional<String> id = KeepalivedImport.after(words, "id");
        if (link.isEmpty() || id.isEmpty()) {
            missing(number, line, "it is no VLAN");
            return;
        }
        String name = words.getFirst().equals("link") ? link.get() + "." + id.get() : words.getFirst();
        String protocol = KeepalivedImport.after(words, "proto").orElse("802.1q");
        gathering.vlans.add(new Vlan(name, link.get(), protocol, id.get()));
    }

    /** A port by its number or its name of {@code /etc/services}, as far as names are usual here. */
    static Optional<Integer> port(String text) {
        return KeepalivedImport.number(text)
                .or(() -> Optional.ofNullable(PORTS.get(text)))
                .filter(number -> number > 0 && number < 65536);
    }

    private record Endpoint(InetAddress address, int port) {
        static Optional<Endpoint> parse(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            String digits = text.substring(colon + 1);
            Optional<Integer> port = CommandImport.port(digits);
            String address = text.substring(0, colon).replaceAll("^\\[|]$", "");
            return AddressLiteral.parse(address).flatMap(it -> port.map(n -> new Endpoint(it, n)));
        }
    }

    private void rule(String command, List<String> words, int number, String line) {
        Protocol protocol = words.contains("-u") || words.contains("--udp-service")
                ? Protocol.UDP
                : words.contains("--sctp-service") ? Protocol.SCTP : Protocol.TCP;
        Optional<Endpoint> service = value(words, "-t", "--tcp-service")
                .or(() -> value(words, "-u", "--udp-service"))
                .or(() -> value(words, "--sctp-service", "--sctp-service"))
                .flatMap(Endpoint::parse);
        if (service.isEmpty()) {
            missing(number, line, "it names no service as ADDRESS:PORT; names are not looked up");
            return;
        }
        switch (command) {
            case "-A", "--add-service" -> {
                gathering.services.add(new Service(
                        service.get().address(),
                        service.get().port(),
                        protocol,
                        value(words, "-s", "--scheduler").orElse("wlc"),
                        "",
                        List.of(),
                        Optional.empty(),
                        value(words, "-j", "--synproxy")
                                .filter("enable"::equals)
                                .isPresent(),
                        TrafficImport.of(
                                value(words, "--bps", "--bps"),
                                value(words, "--limit-proportion", "--limit-proportion"),
                                value(words, "--packet-rate", "--packet-rate"),
                                reason -> missing(number, line, reason)),
                        Map.of(),
                        List.of()));
                value(words, "-p", "--persistent")
                        .ifPresent(_ -> missing(number, line, "persistence has no counterpart in a topology"));
            }
            case "-a", "--add-server" -> real(service.get(), protocol, words, number, line);
            default -> local(service.get(), protocol, words, number, line);
        }
    }

    private void real(Endpoint service, Protocol protocol, List<String> words, int number, String line) {
        // Without a port it is the service's.
        Optional<Endpoint> real = value(words, "-r", "--real-server")
                .flatMap(it -> Endpoint.parse(it)
                        .or(() -> AddressLiteral.parse(it.replaceAll("^\\[|]$", ""))
                                .map(address -> new Endpoint(address, service.port()))));
        int position = position(service, protocol);
        if (real.isEmpty() || position < 0) {
            missing(number, line, "it needs -r ADDRESS[:PORT], and a service that was added before");
            return;
        }
        Service known = gathering.services.get(position);
        String method = words.contains("-b")
                ? "FNAT"
                : words.contains("-m") || words.contains("--masquerading")
                        ? "NAT"
                        : words.contains("-i") || words.contains("--ipip") ? "TUN" : "DR";
        gathering.dpvsDialect |= method.equals("FNAT");
        if (!known.method().isEmpty() && !known.method().equals(method)) {
            missing(number, line, "a service of a topology has one mode for all realservers: " + known.method());
        }
        List<Real> reals = new ArrayList<>(known.realservers());
        reals.add(new Real(
                real.get().address(),
                real.get().port(),
                value(words, "-w", "--weight").flatMap(KeepalivedImport::number).orElse(1),
                true,
                Optional.empty(),
                Map.of()));
        gathering.services.set(
                position,
                new Service(
                        known.vip(),
                        known.port(),
                        protocol,
                        known.scheduler(),
                        known.method().isEmpty() ? method : known.method(),
                        known.localAddresses(),
                        known.clientAddress(),
                        known.synProxy(),
                        known.traffic(),
                        known.others(),
                        reals));
    }

    private void local(Endpoint service, Protocol protocol, List<String> words, int number, String line) {
        Optional<InetAddress> lip = value(words, "-z", "--laddr").flatMap(AddressLiteral::parse);
        int position = position(service, protocol);
        if (lip.isEmpty() || position < 0) {
            missing(number, line, "it needs -z LIP, and a service that was added before");
            return;
        }
        gathering.dpvsDialect = true;
        Service known = gathering.services.get(position);
        List<LocalAddress> local = new ArrayList<>(known.localAddresses());
        local.add(new LocalAddress(lip.get(), value(words, "-F", "--ifname").orElse("")));
        gathering.services.set(
                position,
                new Service(
                        known.vip(),
                        known.port(),
                        protocol,
                        known.scheduler(),
                        known.method(),
                        local,
                        known.clientAddress(),
                        known.synProxy(),
                        known.traffic(),
                        known.others(),
                        known.realservers()));
    }

    private int position(Endpoint service, Protocol protocol) {
        for (int i = 0; i < gathering.services.size(); i++) {
            Service known = gathering.services.get(i);
            if (known.vip().equals(service.address())
                    && known.port() == service.port()
                    && known.protocol() == protocol) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<String> value(List<String> words, String shortName, String longName) {
        return KeepalivedImport.after(words, shortName).or(() -> KeepalivedImport.after(words, longName));
    }

    private void missing(int number, String line, String why) {
        gathering.unmapped(file, number, line, why);
    }
}
