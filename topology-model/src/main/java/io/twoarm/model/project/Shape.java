package io.twoarm.model.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that each kind of object has in the project file: the required ones with an example for error messages, and
 * the optional ones.
 *
 * <p>The JSON Schema says the same for editors; a test holds the two together.
 */
enum Shape {
    TOPOLOGY(
            required("twoarm", "1", "name", "my-lab"),
            "title",
            "description",
            "segments",
            "hosts",
            "localAddressPools",
            "realserverPools",
            "virtualServices",
            "directorGroups",
            "natGateways"),
    SEGMENT(required("subnets", "[192.168.229.0/24]"), "mtu", "vlan"),
    CLIENT(required("role", "client"), "ports", "routes", "ssh"),
    ROUTER(required("role", "router"), "ports", "routes", "ssh"),
    DIRECTOR(required("role", "director"), "kind", "release", "dataplane", "ports", "routes", "ssh"),
    REALSERVER(required("role", "realserver"), "echo", "ports", "routes", "ssh"),
    PORT(required("segment", "lan"), "attach", "bond", "addresses", "kernelAddresses"),
    BOND(required("mode", "4", "members", "[\"pci:0000:3b:00.0\", \"pci:0000:3b:00.1\"]")),
    ROUTE(required("to", "default"), "via", "port"),
    SSH(required("address", "192.0.2.10"), "port", "user"),
    DATAPLANE(Map.of(), "workers", "memory", "hugepages", "nat64", "siit"),
    NAT64(
            required("prefix", "64:ff9b::/96", "pool", "203.0.113.64/28"),
            "filtering",
            "mostBindings",
            "mostSessions",
            "udpTimeout",
            "icmpTimeout",
            "tcpTimeout",
            "tcpTransitoryTimeout",
            "bindings"),
    NAT64_BINDING(required("address", "203.0.113.65", "port", "80", "host", "2001:db8:1::10"), "protocol", "hostPort"),
    SIIT(Map.of(), "prefix", "mappings"),
    ADDRESS_MAPPING(required("ipv4", "192.0.2.0/28", "ipv6", "2001:db8:1::10/124")),
    LOCAL_ADDRESS_POOL(required("director", "director", "port", "dpdk0", "addresses", "[192.168.229.204]")),
    REALSERVER_POOL(required("members", "[{ host: rs1, address: 192.168.229.1, port: 80 }]"), "check"),
    NO_CHECK(required("type", "none")),
    TCP_CHECK(required("type", "tcp"), "interval", "connectTimeout", "retries", "retryDelay"),
    MEMBER(required("host", "rs1", "address", "192.168.229.1", "port", "80"), "weight"),
    VIRTUAL_SERVICE(
            required(
                    "director", "director",
                    "port", "dpdk2",
                    "vip", "10.0.96.204",
                    "protocol", "tcp",
                    "servicePort", "80",
                    "mode", "fullnat",
                    "scheduler", "rr",
                    "realservers", "web"),
            "localAddresses",
            "clientAddress",
            "synProxy",
            "bandwidth",
            "packetRate"),
    VRRP_GROUP(
            required(
                    "type", "vrrp",
                    "members", "[lb1, lb2]",
                    "instances", "{ wan: { port: dpdk2, family: ipv4, virtualRouterId: 51 } }"),
            "advertInterval",
            "preempt",
            "password",
            "syncPort"),
    VRRP_INSTANCE(required("port", "dpdk2", "family", "ipv4", "virtualRouterId", "51"), "addresses"),
    ECMP_GROUP(
            required(
                    "type", "ecmp",
                    "members", "[lb1, lb2]",
                    "autonomousSystem", "65001",
                    "peers", "[{ router: gateway, autonomousSystem: 65000 }]"),
            "daemon",
            "bfd"),
    BGP_PEER(required("router", "gateway", "autonomousSystem", "65000")),
    NAT_GATEWAY(
            required(
                    "director", "director",
                    "port", "dpdk2",
                    "addresses", "[10.0.96.100]",
                    "sources", "[192.168.229.0/24]"),
            "firewall",
            "endpointIndependent"),
    LAYOUT(required("twoarmLayout", "1"), "hosts", "segments", "links"),
    POSITION(required("x", "0", "y", "0")),
    LINK(required("shape", "bent"), "bends");

    private final Map<String, String> required;
    private final List<String> optional;

    Shape(Map<String, String> required, String... optional) {
        this.required = required;
        this.optional = List.of(optional);
    }

    /** Required keys, each with an example of its value in YAML. */
    Map<String, String> required() {
        return required;
    }

    /** All keys: the required ones first. */
    List<String> keys() {
        List<String> keys = new ArrayList<>(required.keySet());
        keys.addAll(optional);
        return keys;
    }

    private static Map<String, String> required(String... keysAndExamples) {
        Map<String, String> required = new LinkedHashMap<>();
        for (int i = 0; i < keysAndExamples.length; i += 2) {
            required.put(keysAndExamples[i], keysAndExamples[i + 1]);
        }
        return required;
    }
}
