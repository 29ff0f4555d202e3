package io.twoarm.deploy;

import java.util.List;
import java.util.stream.Stream;

/** What to do when packages cannot be installed, from what the package manager printed. */
enum PackageTrouble {
    END_OF_LIFE("mirrorlist.centos.org", "Cannot find a valid baseurl"),
    NO_WAY(
            "Temporary failure resolving",
            "Could not connect",
            "Could not resolve",
            "Network is unreachable",
            "Cannot download",
            "Curl error"),
    NOT_THERE(
            "Unable to locate package",
            "Unable to find a match",
            "No package",
            "No provider of",
            "not found in package names",
            "has no installation candidate"),
    BUSY(
            "Could not get lock",
            "is another process using it",
            "Another app is currently holding the yum lock",
            "System management is locked"),
    UNKNOWN("");

    private final List<String> signs;

    PackageTrouble(String... signs) {
        this.signs = List.of(signs);
    }

    static PackageTrouble of(String output) {
        return Stream.of(values())
                .filter(trouble -> trouble.signs.stream().anyMatch(output::contains))
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param missing names on the host
     * @param kernel the release of the one that runs there
     */
    String fix(PackageManager manager, List<String> missing, String kernel) {
        return switch (this) {
            case END_OF_LIFE ->
                "CentOS 7 and 8 are past their end of life and their mirrors are gone: on the host, have the baseurl of /etc/yum.repos.d/CentOS-*.repo say vault.centos.org in place of the mirrorlist, or install the packages by hand.";
            case NO_WAY ->
                "the host cannot reach its package mirror: give it a way there, or install the packages by hand.";
            case NOT_THERE ->
                missing.stream().anyMatch(name -> name.endsWith(kernel))
                        ? "headers of a kernel that is no longer the newest are often not to be had: start the newest kernel on the host first, or give the services clientAddress: proxy_v2."
                        : "the host's package sources do not have them: correct them on the host (%s)."
                                .formatted(manager.sources());
            case BUSY -> "another package manager works on the host: wait until it is done.";
            case UNKNOWN -> "see the lines above; the whole text is in /run/twoarm-deployer/packages.log on the host.";
        };
    }
}
