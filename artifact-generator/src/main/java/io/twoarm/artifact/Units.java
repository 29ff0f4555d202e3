package io.twoarm.artifact;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Unit files of systemd. */
final class Units {
    private static final String FOLDER = "/etc/systemd/system/";

    private Units() {}

    static HostFile file(String unit, String text, String reason) {
        return new HostFile(FOLDER + unit, 0644, text, reason);
    }

    /**
     * Has systemd itself read the units among the files. The daemon's own unit is left out: systemd also wants its program
     * to exist, and that appears under its lasting name only when everything is put into place. Those of DPVS's programs
     * are left out as well, because they need not be there yet.
     */
    static Optional<Validation> validation(List<HostFile> files) {
        List<String> units = files.stream()
                .filter(file -> !file.content().contains(DaemonBundle.COMMAND)
                        && !file.content().contains("=" + DpvsArtifacts.PROGRAMS))
                .map(HostFile::path)
                .filter(path -> path.startsWith(FOLDER) && !path.endsWith(".conf"))
                .map(Validation::staged)
                .toList();
        if (units.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = Stream.concat(
                        Stream.of("/usr/bin/systemd-analyze", "verify", "--man=no", "--recursive-errors=no"),
                        units.stream())
                .toList();
        return Optional.of(new Validation(command, "systemd can read the units"));
    }
}
