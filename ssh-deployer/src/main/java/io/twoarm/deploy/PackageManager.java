package io.twoarm.deploy;

import java.util.ArrayList;
import java.util.List;

/** The package managers of hosts, as commands without a shell: every word is an argument. */
enum PackageManager {
    APT(
            "apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 install --",
            List.of("dpkg --configure -a", "apt-get -q -o DPkg::Lock::Timeout=120 update"),
            "/etc/apt/sources.list and /etc/apt/sources.list.d"),
    DNF(
            "dnf -y --setopt=install_weak_deps=False install --",
            List.of("dnf -y makecache"),
            "dnf repolist; BIRD and DKMS are in EPEL"),
    YUM("yum -y install --", List.of("yum -y makecache"), "yum repolist; nginx, BIRD and DKMS are in EPEL"),
    ZYPPER(
            "zypper --non-interactive install --no-recommends --",
            List.of("zypper --non-interactive refresh"),
            "zypper repos; on SUSE Linux Enterprise, also SUSEConnect --list-extensions");

    private final List<String> install;
    private final List<List<String>> preparation;
    private final String sources;

    PackageManager(String install, List<String> preparation, String sources) {
        this.sources = sources;
        this.install = words(install);
        this.preparation = preparation.stream().map(PackageManager::words).toList();
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    /** As somebody would type it. */
    String forPeople(List<String> packages) {
        return install.getFirst() + " install " + String.join(" ", packages);
    }

    /** Where a person sees which sources of packages a host has. */
    String sources() {
        return sources;
    }

    List<String> install(List<String> packages) {
        List<String> all = new ArrayList<>(install);
        all.addAll(packages);
        return all;
    }

    /** What may help when an installation failed: completing an interrupted one, fresh lists of packages. */
    List<List<String>> preparation() {
        return preparation;
    }
}
