package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Bgp;
import io.twoarm.artifact.existing.ExistingDirector.Check;
import io.twoarm.artifact.existing.ExistingDirector.Instance;
import io.twoarm.artifact.existing.ExistingDirector.Real;
import io.twoarm.artifact.existing.ExistingDirector.Service;
import io.twoarm.config.Network;
import io.twoarm.config.dpvs.AddressMapping;
import io.twoarm.config.dpvs.Bonding;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Nat64Binding;
import io.twoarm.config.dpvs.Nat64Keywords;
import io.twoarm.config.dpvs.Setting;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.config.dpvs.SiitKeywords;
import io.twoarm.config.dpvs.Worker;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.change.Difference;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a director's files mean, as objects with values: names of groups, order, layout, comments and values that are the
 * default anyway make no difference.
 */
public final class Meaning {
    /** Networks as text, which can be written in several ways. */
    private static final Set<Setting<?>> NETWORKS =
            Set.of(Nat64Keywords.PREFIX, Nat64Keywords.POOL, SiitKeywords.PREFIX);

    private final Map<String, Map<String, String>> objects = new LinkedHashMap<>();

    private Meaning() {}

    /** What two directors do differently. */
    public static List<Difference> differences(ExistingDirector before, ExistingDirector after) {
        return Difference.between(of(before).objects, of(after).objects);
    }

    private static Meaning of(ExistingDirector director) {
        Meaning meaning = new Meaning();
        director.dpvs().ifPresent(meaning::dpvs);
        director.vlans().forEach(meaning::vlan);
        director.addresses()
                .forEach(it -> meaning.put(
                        "address " + IpLiteral.format(it.address()) + "/" + it.length() + " on " + it.device()));
        director.routes().forEach(way -> {
            String to = (way.destination().isIpv4() ? "" : "IPv6 ")
                    + (way.destination().isDefault() ? "default" : way.destination());
            meaning.put("route " + to
                            + way.via()
                                    .map(it -> " via " + IpLiteral.format(it))
                                    .orElse(""))
                    .put("device", way.device().orElse("the gateway's"));
        });
        director.instances().forEach(meaning::instance);
        director.syncPort().ifPresent(port -> meaning.put("connections").put("told over", port));
        director.bgp().ifPresent(meaning::bgp);
        director.services().forEach(meaning::service);
        director.gateways().forEach(gateway -> meaning.wayOut(gateway));
        return meaning;
    }

    private void vlan(ExistingDirector.Vlan vlan) {
        Map<String, String> values = put("VLAN " + vlan.name());
        values.put("port", vlan.link());
        values.put("number", vlan.number());
        values.put("protocol", vlan.protocol());
    }

    private void bgp(Bgp bgp) {
        Map<String, String> values = put("BGP");
        values.put("daemon", bgp.daemon().name().toLowerCase(Locale.ROOT));
        values.put("autonomous system", Integer.toString(bgp.autonomousSystem()));
        values.put("BFD", Boolean.toString(bgp.bfd()));
        values.put(
                "peers",
                new TreeSet<>(bgp.peers().stream()
                                .map(peer -> IpLiteral.format(peer.address()) + " of " + peer.autonomousSystem())
                                .toList())
                        .toString());
    }

    private void wayOut(NatGateway gateway) {
        Map<String, String> values = put("way out by " + gateway.port() + " with " + addresses(gateway.addresses()));
        values.put("lets in", gateway.firewall() ? "answers" : "everything");
        values.put(
                "outside ports",
                gateway.endpointIndependent()
                        .map(filter -> "the same for all destinations, filter "
                                + filter.name().toLowerCase(Locale.ROOT))
                        .orElse("one for each destination"));
        values.put(
                "sources",
                new TreeSet<>(gateway.sources().stream().map(Object::toString).toList()).toString());
    }

    private Map<String, String> put(String object) {
        return objects.computeIfAbsent(object, _ -> new LinkedHashMap<>());
    }

    private static String limit(int number) {
        return number == 0 ? "no limit" : Integer.toString(number);
    }

    private void service(Service service) {
        String name = "service " + endpoint(service.vip(), service.port()) + "/"
                + service.protocol().name().toLowerCase(Locale.ROOT);
        Map<String, String> values = put(name);
        values.put("scheduler", service.scheduler());
        values.put("mode", service.method());
        values.put(
                "local addresses",
                service.localAddresses().stream()
                        .map(it -> IpLiteral.format(it.address()) + " on " + it.device())
                        .sorted()
                        .toList()
                        .toString());
        service.clientAddress().ifPresent(it -> values.put("client address", it));
        values.put("SYN proxy", service.synProxy() ? "yes" : "no");
        values.put("Mbit/s", limit(service.traffic().bandwidth()));
        values.put("packets/s", limit(service.traffic().packetRate()));
        values.putAll(service.others());
        for (Real real : service.realservers()) {
            Map<String, String> of = put(name + ": realserver " + endpoint(real.address(), real.port()));
            of.put("weight", Integer.toString(real.weight()));
            of.put("check", real.check().map(Meaning::check).orElse("none"));
            if (real.check().isPresent()) {
                of.put("when it fails", real.inhibitOnFailure() ? "weight 0" : "taken out");
            }
            of.putAll(real.others());
        }
    }

    private static String check(Check check) {
        return "TCP every " + check.interval() + " ms, " + check.timeout() + " ms to answer, " + check.retries()
                + " more attempts, " + check.delay() + " ms between them";
    }

    private void instance(Instance instance) {
        Map<String, String> values = put("VRRP instance on " + instance.device() + ", "
                + instance.family().name().toLowerCase(Locale.ROOT) + ", VRID " + instance.virtualRouterId());
        values.put("interface", instance.kernelInterface());
        values.put("version", Integer.toString(instance.version()));
        values.put("priority", Integer.toString(instance.priority()));
        values.put("first state", instance.master() ? "master" : "backup");
        values.put("advertisements", instance.advertMillis() + " ms");
        values.put("preempts", Boolean.toString(instance.preempt()));
        values.put("password", instance.password().orElse("none"));
        values.put("addresses", addresses(instance.addresses()));
        values.put("changes with others", instance.syncGroup().isPresent() ? "yes" : "no");
    }

    private static String addresses(List<InetAddress> addresses) {
        return addresses.stream()
                .map(IpLiteral::format)
                .sorted()
                .distinct()
                .toList()
                .toString();
    }

    private static String endpoint(InetAddress address, int port) {
        return IpLiteral.isIpv4(address)
                ? IpLiteral.format(address) + ":" + port
                : "[" + IpLiteral.format(address) + "]:" + port;
    }

    private void dpvs(DpvsConf conf) {
        settings("dataplane", conf.settings());
        Map<String, String> names = memberNames(conf);
        conf.devices()
                .forEach(device ->
                        settings("device " + names.getOrDefault(device.name(), device.name()), device.settings()));
        for (Bonding bonding : conf.bondings()) {
            Map<String, String> values = put("bond " + bonding.name());
            settings("bond " + bonding.name(), bonding.settings());
            values.put("members", Integer.toString(bonding.members().size()));
            values.put("primary", names.getOrDefault(bonding.primary(), bonding.primary()));
        }
        for (Worker worker : conf.workers()) {
            if (worker.type() == Worker.Type.IDLE) {
                continue;
            }
            Map<String, String> values = put("worker on core " + worker.cpuId());
            values.put("type", worker.type().name().toLowerCase(Locale.ROOT));
            worker.ports()
                    .forEach(port -> values.put(
                            "queues of " + port.device(),
                            "receive " + port.rxQueueIds() + ", send " + port.txQueueIds()));
        }
        conf.bindings().forEach(this::binding);
        conf.mappings().forEach(this::mapping);
    }

    private void binding(Nat64Binding binding) {
        Settings settings = binding.settings();
        String outside = binding.address().isPresent() && binding.port().isPresent()
                ? endpoint(binding.address().get(), binding.port().get())
                : binding.outside();
        Map<String, String> values = put("NAT64 binding " + outside + "/" + settings.get(Nat64Keywords.PROTOCOL));
        values.put(
                "host",
                binding.host()
                        .map(IpLiteral::format)
                        .or(() -> settings.find(Nat64Keywords.HOST))
                        .orElse("none"));
        values.put(
                "port", binding.hostPort().map(port -> Integer.toString(port)).orElse("none"));
    }

    private void mapping(AddressMapping mapping) {
        put("SIIT mapping " + network(mapping.ipv4()))
                .put(
                        "IPv6",
                        mapping.settings()
                                .find(SiitKeywords.IPV6)
                                .map(Meaning::network)
                                .orElse("none"));
    }

    /** A network in its one form; what is none, as it is written. */
    private static String network(String text) {
        return Network.parse(text).map(Network::toString).orElse(text);
    }

    /** Members of bonds are known by their place: their names appear nowhere else. */
    private static Map<String, String> memberNames(DpvsConf conf) {
        Map<String, String> names = new HashMap<>();
        conf.bondings().forEach(bonding -> {
            for (int i = 0; i < bonding.members().size(); i++) {
                names.put(bonding.members().get(i), bonding.name() + " member " + i);
            }
        });
        return names;
    }

    private void settings(String object, Settings settings) {
        Map<String, String> values = put(object);
        settings.present()
                .forEach(setting -> value(settings, setting).ifPresent(it -> {
                    if (!setting.name().equals("primary")) {
                        values.put(place(setting), NETWORKS.contains(setting) ? network(it) : it);
                    }
                }));
    }

    private static String place(Setting<?> setting) {
        return setting.path()
                .replaceFirst("^(netif_defs|worker_defs)/(device|bonding|worker)?/?", "")
                .replaceFirst("^nat64_defs/", "NAT64 ")
                .replaceFirst("^siit_defs/", "SIIT ");
    }

    /** The value as it is printed; empty when it is the default. */
    private static <T> Optional<String> value(Settings settings, Setting<T> setting) {
        T value = settings.get(setting);
        return setting.fallback().equals(Optional.of(value))
                ? Optional.empty()
                : Optional.of(setting.kind().print(value));
    }

    @Override
    public String toString() {
        return objects.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
