package io.twoarm.lab;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What this machine and user can do for a lab.
 *
 * @param mode the mode that labs of this user are built in
 * @param missing everything that is not there, the indispensable first
 */
public record Capabilities(LabMode mode, List<Missing> missing) {

    /**
     * Something that is not there.
     *
     * @param what its name, such as {@code /dev/net/tun}
     * @param consequence what does not work without it
     * @param fix the exact command that provides it
     * @param required whether no lab can start without it
     */
    public record Missing(String what, String consequence, String fix, boolean required) {}

    public Capabilities {
        missing = List.copyOf(missing);
    }

    /** Whether a lab can start. */
    public boolean sufficient() {
        return missing.stream().noneMatch(Missing::required);
    }

    /** @throws LabException naming everything that is missing and how to get it, unless {@link #sufficient()} */
    void require() {
        List<Missing> needed = missing.stream().filter(Missing::required).toList();
        if (!needed.isEmpty()) {
            throw new LabException(
                    needed.stream()
                            .map(one -> one.what() + ": " + one.consequence())
                            .collect(Collectors.joining("; ", "This machine cannot run a lab yet: ", "")),
                    "this machine, " + (mode == LabMode.ROOT ? "as root" : "as an ordinary user"),
                    needed.stream().map(Missing::fix).distinct().collect(Collectors.joining("\n")));
        }
    }
}
