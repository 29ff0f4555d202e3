package io.twoarm.config.director;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Nat64Keywords;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.config.keepalived.LocalAddressGroup;
import io.twoarm.config.keepalived.StaticAddress;
import io.twoarm.config.keepalived.VrrpInstance;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the director's own addresses keep clear of those that it translates: of the pool and the prefix of NAT64. */
final class TranslatedAddresses {
    private final List<ConfigFinding> findings = new ArrayList<>();
    private final Set<InetAddress> found = new HashSet<>();
    private final Optional<Network> pool;
    private final Optional<Network> prefix;

    private TranslatedAddresses(DpvsConf dpvs) {
        this.pool = dpvs.settings().find(Nat64Keywords.POOL).flatMap(Network::parse);
        this.prefix = dpvs.settings().find(Nat64Keywords.PREFIX).flatMap(Network::parse);
    }

    static List<ConfigFinding> check(DpvsConf dpvs, KeepalivedConf keepalived) {
        TranslatedAddresses check = new TranslatedAddresses(dpvs);
        for (StaticAddress address : keepalived.staticAddresses()) {
            check.check(address.address(), address.origin(), "static_ipaddress");
        }
        for (VrrpInstance instance : keepalived.vrrpInstances()) {
            instance.addresses().forEach(address -> check.check(address, instance.origin(), "virtual_ipaddress"));
        }
        for (LocalAddressGroup group : keepalived.localAddressGroups()) {
            for (LocalAddressGroup.Entry entry : group.entries()) {
                entry.range()
                        .addresses()
                        .forEach(address -> check.check(address, entry.origin(), "local_address_group"));
            }
        }
        return check.findings;
    }

    private void check(InetAddress address, Origin origin, String keyword) {
        Optional<String> block = in(pool, address)
                ? Optional.of("pool " + pool.orElseThrow())
                : in(prefix, address) ? Optional.of("prefix " + prefix.orElseThrow()) : Optional.empty();
        if (block.isEmpty() || !found.add(address)) {
            return;
        }
        findings.add(ConfigFinding.error(
                "nat64-own-address",
                ConfigFile.KEEPALIVED,
                origin,
                keyword,
                AddressLiteral.print(address) + " is an address of the director and lies in the " + block.get()
                        + " of nat64_defs; packets to it would never be translated.",
                "Use another address, or another network in nat64_defs."));
    }

    private static boolean in(Optional<Network> network, InetAddress address) {
        return network.filter(it -> it.contains(address)).isPresent();
    }
}
