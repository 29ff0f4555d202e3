package io.twoarm.deploy;

import java.util.ArrayList;
import java.util.List;

/** The package managers of hosts, as commands without a shell: every word is an argument. */
enum PackageManager {
    APT(
            "apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 install --",
            List.of("dpkg --configure -a", "apt-get -q -o DPkg::Lock::Timeout=120 update")),
    DNF("dnf -y --setopt=install_weak_deps=False install --", List.of("dnf -y makecache")),
    YUM("yum -y install --", List.of("yum -y makecache")),
    ZYPPER("zypper --non-interactive install --no-recommends --", List.of("zypper --non-interactive refresh"));

    private final List<String> install;
    private final List<List<String>> preparation;

    PackageManager(String install, List<String> preparation) {
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
