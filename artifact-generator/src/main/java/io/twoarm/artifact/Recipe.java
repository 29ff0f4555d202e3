package io.twoarm.artifact;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Texts that a person puts into place: because they belong to a machine that TwoArm does not manage, such as a switch, or
 * to a part of the host that is already managed by something else, such as its interfaces.
 */
public enum Recipe {
    TOA_MODULE("builds a TOA kernel module on a realserver, with DKMS and at boot, for systems without eBPF"),
    NGINX("shows one's own nginx the client behind a director, by TOA, NAT64's variables or the PROXY protocol"),
    IFUPDOWN("a port's addresses for ifupdown, as Debian has it"),
    IFCFG("a port's addresses for the network scripts of Enterprise Linux 7 and 8"),
    KEYFILE("a port's addresses for NetworkManager, as Enterprise Linux 9 has it"),
    WICKED("a port's addresses for wicked, as SUSE has it"),
    NETWORKD("a port's addresses for systemd-networkd"),
    NETPLAN("a port's addresses for netplan"),
    NETWORKMANAGER("keeps NetworkManager off a port"),
    RSYSLOG("keepalived's log in a file of its own, by rsyslog"),
    SWITCH("the switch's side of a bond");

    private final String about;

    Recipe(String about) {
        this.about = about;
    }

    /** What it does, for people. */
    public String about() {
        return about;
    }

    /** As it is asked for: lower-case words joined by hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Recipe> of(String word) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Recipe::word).toList();
    }
}
