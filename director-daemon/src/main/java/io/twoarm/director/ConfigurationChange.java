package io.twoarm.director;

import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.Nat64Keywords;
import io.twoarm.config.dpvs.Setting;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.config.dpvs.SiitKeywords;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.director.configuration.LoadedConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between the configuration that runs and the files as they are now.
 *
 * @param lines for people; the last one is the verdict
 * @param applies whether what the files say about addresses, routes, services and timeouts can be put into force
 */
record ConfigurationChange(List<String> lines, boolean applies) {

    /**
     * Compares.
     *
     * @param started what the director was started with; ports, workers and sizes stay so
     * @param inForce what addresses, routes and services were read from last
     */
    static ConfigurationChange between(
            LoadedConfiguration started, LoadedConfiguration inForce, LoadedConfiguration read) {
        List<String> lines = new ArrayList<>(read.rendered());
        if (read.hasErrors()) {
            lines.add("reload refused: the files have errors, the running configuration stays");
            return new ConfigurationChange(lines, false);
        }
        List<String> now = changedNow(inForce.keepalived(), read.keepalived());
        addIf(now, "stateless translation", translation(inForce.dpvs()), translation(read.dpvs()));
        addIf(now, "NAT64", nat64(inForce.dpvs()), nat64(read.dpvs()));
        addIf(now, "VLANs", inForce.dpvs().vlans(), read.dpvs().vlans());
        List<String> later = new ArrayList<>();
        addIf(later, "devices", started.dpvs().devices(), read.dpvs().devices());
        addIf(later, "bondings", started.dpvs().bondings(), read.dpvs().bondings());
        addIf(
                later,
                "vrrp_notify_fifo",
                started.keepalived().notifyFifo(),
                read.keepalived().notifyFifo());
        if (hasNat64(inForce) && hasNat64(read)) {
            DpvsConf sized = hasNat64(started) ? started.dpvs() : inForce.dpvs();
            addIf(later, "sizes of NAT64", sizes(sized), sizes(read.dpvs()));
        }
        addIf(later, "workers", started.dpvs().workers(), read.dpvs().workers());
        addIf(
                later,
                "settings of dpvs.conf other than timeouts and defences",
                withoutTranslation(started.dpvs()),
                withoutTranslation(read.dpvs()));
        if (!names(started).equals(names(read))) {
            now.addAll(later);
            lines.add("reload: changed are " + String.join(", ", now)
                    + "; with other devices they take effect after a restart, the running configuration stays");
            return new ConfigurationChange(lines, false);
        }
        if (!later.isEmpty()) {
            lines.add("reload: changed are " + String.join(", ", later) + "; they take effect after a restart");
        }
        lines.add(
                now.isEmpty()
                        ? "reload: nothing else has changed; what the files say is in force"
                        : "reload: changed are " + String.join(", ", now) + "; they are in force");
        return new ConfigurationChange(lines, true);
    }

    private static Settings withoutTranslation(DpvsConf conf) {
        Settings settings = conf.settings().without(SiitKeywords.PREFIX);
        for (Setting<?> setting : Nat64Keywords.ALL) {
            settings = settings.without(setting);
        }
        return settings;
    }

    private static boolean hasNat64(LoadedConfiguration configuration) {
        return configuration.dpvs().settings().find(Nat64Keywords.PREFIX).isPresent();
    }

    private static List<Object> sizes(DpvsConf conf) {
        return List.of(
                conf.settings().get(Nat64Keywords.BINDINGS), conf.settings().get(Nat64Keywords.SESSIONS));
    }

    private static List<Object> nat64(DpvsConf conf) {
        List<Object> all = new ArrayList<>();
        // Where a binding stands in the file is no matter.
        conf.bindings().forEach(binding -> all.add(List.of(binding.outside(), binding.settings())));
        Nat64Keywords.ALL.stream()
                .filter(setting -> setting != Nat64Keywords.BINDINGS && setting != Nat64Keywords.SESSIONS)
                .forEach(setting -> all.add(conf.settings().find(setting)));
        return all;
    }

    private static List<Object> translation(DpvsConf conf) {
        return List.of(conf.settings().find(SiitKeywords.PREFIX), conf.mappings());
    }

    private static List<String> names(LoadedConfiguration configuration) {
        return configuration.dpvs().ports().stream().map(Device::name).toList();
    }

    private static List<String> changedNow(KeepalivedConf before, KeepalivedConf after) {
        List<String> changed = new ArrayList<>();
        addIf(changed, "addresses", before.staticAddresses(), after.staticAddresses());
        addIf(changed, "VRRP instances", before.vrrpInstances(), after.vrrpInstances());
        addIf(changed, "routes", before.staticRoutes(), after.staticRoutes());
        addIf(changed, "local address groups", before.localAddressGroups(), after.localAddressGroups());
        addIf(changed, "access lists", before.accessGroups(), after.accessGroups());
        addIf(changed, "services", before.services(), after.services());
        addIf(changed, "match services", before.matches(), after.matches());
        return changed;
    }

    private static void addIf(List<String> changed, String part, Object before, Object after) {
        if (!before.equals(after)) {
            changed.add(part);
        }
    }
}
