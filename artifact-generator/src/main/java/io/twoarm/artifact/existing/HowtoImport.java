package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Owned;
import io.twoarm.artifact.existing.ExistingDirector.Real;
import io.twoarm.artifact.existing.ExistingDirector.Service;
import io.twoarm.artifact.existing.ExistingDirector.Way;
import io.twoarm.config.AddressLiteral;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.TrafficLimits;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code lvs.conf} of the LVS-HOWTO's configure script: one {@code KEY=VALUE} a line. Names of hosts are looked up
 * in the files in the form of {@code /etc/hosts} that are imported with it, and nowhere else.
 */
final class HowtoImport {
    private static final Pattern LINE = Pattern.compile("\\s*([A-Z_]+)=(.*)");
    private static final Pattern HOSTS_LINE = Pattern.compile("\\s*([0-9A-Fa-f.:]+)\\s+([A-Za-z][^#]*?)\\s*(?:#.*)?");

    private final ExistingFile file;
    private final Gathering gathering;
    private final Map<String, InetAddress> hosts;
    private String method = "NAT";
    private Optional<InetAddress> vip = Optional.empty();

    /** @param hosts addresses by name */
    HowtoImport(ExistingFile file, Gathering gathering, Map<String, InetAddress> hosts) {
        this.file = file;
        this.gathering = gathering;
        this.hosts = hosts;
    }

    static boolean isOne(ExistingFile file) {
        return file.text().lines().anyMatch(line -> line.matches("\\s*(LVS_TYPE|SERVICE)=.*"));
    }

    /** The names of a file in the form of {@code /etc/hosts}; none of any other one. */
    static void hosts(ExistingFile file, Map<String, InetAddress> into) {
        List<String> lines = file.text()
                .lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .toList();
        if (!lines.stream().allMatch(line -> HOSTS_LINE.matcher(line).matches())) {
            return;
        }
        for (String line : lines) {
            Matcher matcher = HOSTS_LINE.matcher(line);
            if (matcher.matches()) {
                AddressLiteral.parse(matcher.group(1)).ifPresent(address -> {
                    for (String name : matcher.group(2).split("\\s+")) {
                        into.putIfAbsent(name, address);
                    }
                });
            }
        }
    }

    void read() {
        List<String> lines = file.text().lines().toList();
        // The kind and the VIP may stand after the services.
        lines.forEach(this::frame);
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = LINE.matcher(lines.get(i));
            if (matcher.matches()) {
                setting(
                        matcher.group(1),
                        words(matcher.group(2)),
                        i + 1,
                        lines.get(i).strip());
            } else if (!lines.get(i).isBlank() && !lines.get(i).strip().startsWith("#")) {
                gathering.unmapped(file, i + 1, lines.get(i).strip(), "a line is KEY=VALUE");
            }
        }
    }

    private static List<String> words(String value) {
        String text = value.replaceFirst("#.*", "").strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private void frame(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        List<String> words = words(matcher.group(2));
        if (matcher.group(1).equals("LVS_TYPE") && !words.isEmpty()) {
            method = words.getFirst().replaceFirst("^VS_", "");
        } else if (matcher.group(1).equals("VIP") && words.size() > 1 && vip.isEmpty()) {
            vip = address(words.get(1));
        }
    }

    private void setting(String key, List<String> words, int line, String text) {
        switch (key) {
            case "LVS_TYPE" -> {
                if (!List.of("NAT", "DR", "TUN").contains(method)) {
                    gathering.unmapped(file, line, text, "allowed is VS_NAT, VS_DR or VS_TUN");
                }
            }
            case "VIP" -> own(words, true, line, text);
            case "DIP" -> own(words, false, line, text);
            case "DIRECTOR_DEFAULT_GW" ->
                words.stream()
                        .findFirst()
                        .flatMap(this::address)
                        .ifPresentOrElse(
                                via -> gathering.routes.add(
                                        new Way(Prefix.everything(via), Optional.of(via), Optional.empty())),
                                () -> unknownName(line, text));
            case "SERVICE" -> service(words, line, text);
            // The state at the start, and what realservers get by the mode anyway.
            case "INITIAL_STATE", "SERVER_NET_DEVICE", "SERVER_DEFAULT_GW", "SERVER_VIP_DEVICE" -> {}
            default -> gathering.unmapped(file, line, text, KeepalivedImport.NO_COUNTERPART);
        }
    }

    /** {@code DEVICE[:ALIAS] ADDRESS [NETWORK] MASK BROADCAST}. */
    private void own(List<String> words, boolean virtual, int line, String text) {
        Optional<InetAddress> address = words.size() > 1 ? address(words.get(1)) : Optional.empty();
        if (address.isEmpty()) {
            unknownName(line, text);
            return;
        }
        String device = words.getFirst().replaceFirst(":.*", "");
        int length = virtual
                ? IpLiteral.bits(address.get())
                : words.stream()
                        .skip(2)
                        .flatMap(word -> length(word).stream())
                        .findFirst()
                        .orElse(24);
        gathering.addresses.add(new Owned(address.get(), length, device));
    }

    /** The length of a mask of contiguous bits that is written as an address. */
    private static Optional<Integer> length(String mask) {
        if (!mask.startsWith("255.")) {
            return Optional.empty();
        }
        return AddressLiteral.parse(mask).map(address -> {
            int bits = 0;
            for (byte part : address.getAddress()) {
                bits += Integer.bitCount(part & 0xff);
            }
            return bits;
        });
    }

    /** {@code t|u PORT SCHEDULER REALSERVER[:PORT][,WEIGHT]…}. */
    private void service(List<String> words, int line, String text) {
        Optional<Integer> port = words.size() > 1 ? CommandImport.port(words.get(1)) : Optional.empty();
        if (words.size() < 4 || !words.getFirst().matches("[tu]") || port.isEmpty() || vip.isEmpty()) {
            gathering.unmapped(
                    file, line, text, "a service is t or u, a port, a scheduler and realservers, and needs a VIP");
            return;
        }
        List<Real> reals = new ArrayList<>();
        for (String word : words.subList(3, words.size())) {
            String[] weighted = word.split(",", 2);
            String[] endpoint = weighted[0].split(":", 2);
            Optional<InetAddress> address = address(endpoint[0]);
            Optional<Integer> own = endpoint.length > 1 ? CommandImport.port(endpoint[1]) : port;
            if (address.isEmpty() || own.isEmpty()) {
                unknownName(line, word);
                continue;
            }
            int weight =
                    weighted.length > 1 ? KeepalivedImport.number(weighted[1]).orElse(1) : 1;
            reals.add(new Real(address.get(), own.get(), weight, false, Optional.empty(), Map.of()));
        }
        if (!reals.isEmpty()) {
            gathering.services.add(new Service(
                    vip.get(),
                    port.get(),
                    words.getFirst().equals("u") ? Protocol.UDP : Protocol.TCP,
                    words.get(2),
                    method,
                    List.of(),
                    Optional.empty(),
                    false,
                    TrafficLimits.NONE,
                    Map.of(),
                    reals));
        }
    }

    private Optional<InetAddress> address(String word) {
        return AddressLiteral.parse(word).or(() -> Optional.ofNullable(hosts.get(word)));
    }

    private void unknownName(int line, String text) {
        gathering.unmapped(
                file, line, text, "no file in the form of /etc/hosts that is imported with it has this name's address");
    }
}
