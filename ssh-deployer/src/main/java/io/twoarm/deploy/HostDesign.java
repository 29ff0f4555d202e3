package io.twoarm.deploy;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.artifact.HostService;
import io.twoarm.artifact.Validation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A host's artifacts, checked, in the form in which they are compared with the host.
 *
 * @param files with the record of the deployment itself as the last one
 * @param choice what was chosen for this very host, and why; empty when there was nothing to choose
 */
record HostDesign(
        String host,
        List<String> packages,
        Optional<Bundle> bundle,
        List<WantedFile> files,
        List<Validation> validations,
        List<HostService> services,
        Optional<PlannedStep> choice) {
    /** What the last deployment brought: the next one removes from it what is no longer wanted. */
    static final String RECORD_PATH = "/var/lib/twoarm/deployed.txt";

    private static final String RECORD_HEAD = "# What TwoArm deployed to this host. The next deployment reads it.\n";
    private static final int PERMISSION_BITS = 07777;

    /**
     * @param mode permission bits
     * @param reason why the host needs it
     */
    record WantedFile(String path, int mode, byte[] content, Digest digest, String reason) {
        private static final int READ_BY_OTHERS = 0004;

        static WantedFile of(String path, int mode, String text, String reason) {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            return new WantedFile(path, mode, content, Digest.of(content), reason);
        }

        /** Whether not everybody on the host may read it, so that its content must not get into plans and reports. */
        boolean isPrivate() {
            return (mode & READ_BY_OTHERS) == 0;
        }

        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        boolean isRecord() {
            return path.equals(RECORD_PATH);
        }

        String octalMode() {
            return Integer.toOctalString(mode);
        }
    }

    /**
     * The design of a host, which is asked where that depends on its kernel.
     *
     * @param bundles reads an archive
     * @throws DeployException with {@link DeployFailure.ArtifactsUnusable} or {@link DeployFailure.HostUnsuitable}
     */
    static HostDesign of(HostDeployment deployment, Function<Path, Bundle> bundles, SshConnection connection) {
        ClientHooks.Choice choice = ClientHooks.choose(connection, deployment.artifacts());
        HostDesign design = of(deployment, choice.artifacts(), bundles);
        return new HostDesign(
                design.host,
                design.packages,
                design.bundle,
                design.files,
                design.validations,
                design.services,
                choice.step());
    }

    private static HostDesign of(HostDeployment deployment, HostArtifacts artifacts, Function<Path, Bundle> bundles) {
        if (!artifacts.daemonBundle()) {
            return of(artifacts, Optional.empty());
        }
        Path archive = deployment
                .bundleArchive()
                .orElseThrow(() -> new DeployException(new DeployFailure.ArtifactsUnusable(
                        artifacts.host(),
                        "the daemon archive",
                        "not given",
                        "an archive for every host that runs the daemon")));
        return of(artifacts, Optional.of(bundles.apply(archive)));
    }

    /** @throws DeployException with {@link DeployFailure.ArtifactsUnusable} */
    static HostDesign of(HostArtifacts artifacts, Optional<Bundle> bundle) {
        String host = artifacts.host();
        Set<String> paths = new HashSet<>();
        List<WantedFile> files = new ArrayList<>();
        for (HostFile file : artifacts.files()) {
            checkPath(host, file.path());
            if (!paths.add(file.path())) {
                throw unusable(host, "the file " + file.path(), "there twice", "each path once");
            }
            if ((file.mode() & ~PERMISSION_BITS) != 0) {
                throw unusable(
                        host, "the mode of " + file.path(), Integer.toOctalString(file.mode()), "0 to 7777, octal");
            }
            files.add(WantedFile.of(file.path(), file.mode(), file.content(), file.reason()));
        }
        for (HostService service : artifacts.services()) {
            checkUnit(host, service.unit());
        }
        for (String name : artifacts.packages()) {
            if (!name.matches("[a-z0-9][a-z0-9+.-]+")) {
                throw unusable(host, "a package name", name, "the name of a Debian package");
            }
        }
        return of(host, artifacts.packages(), bundle, files, artifacts.validations(), artifacts.services());
    }

    /** @param files without the record of the deployment, which is added */
    static HostDesign of(
            String host,
            List<String> packages,
            Optional<Bundle> bundle,
            List<WantedFile> files,
            List<Validation> validations,
            List<HostService> services) {
        List<WantedFile> all = new ArrayList<>(files);
        all.add(WantedFile.of(RECORD_PATH, 0644, record(files, bundle, services), "the next deployment reads it"));
        return new HostDesign(host, packages, bundle, List.copyOf(all), validations, services, Optional.empty());
    }

    private static String record(List<WantedFile> files, Optional<Bundle> bundle, List<HostService> services) {
        StringBuilder text = new StringBuilder(RECORD_HEAD);
        bundle.ifPresent(b -> text.append("bundle\t").append(b.digest().hex()).append('\n'));
        for (WantedFile file : files) {
            text.append("file\t%s\t%s\t%s\n"
                    .formatted(file.path(), file.octalMode(), file.digest().hex()));
        }
        for (HostService service : services) {
            text.append("unit\t").append(service.unit()).append('\n');
        }
        return text.toString();
    }

    /** The scripts on the host separate fields with tabs and lines, and staged files lie below another root. */
    private static void checkPath(String host, String path) {
        boolean plain = path.startsWith("/")
                && !path.endsWith("/")
                && !path.contains("//")
                && !("/" + path + "/").contains("/../")
                && !("/" + path + "/").contains("/./")
                && !(path + "/").contains(" /")
                && path.chars().noneMatch(Character::isISOControl);
        if (!plain || path.equals(RECORD_PATH)) {
            throw unusable(
                    host,
                    "a file's path",
                    path,
                    "an absolute path without ., .., double slashes, control characters and blanks at the end of names, other than "
                            + RECORD_PATH);
        }
    }

    private static void checkUnit(String host, String unit) {
        if (!unit.matches("[A-Za-z0-9:_.@\\\\-]+\\.(service|socket|timer|target|path|mount)") || unit.startsWith("-")) {
            throw unusable(host, "a unit name", unit, "a systemd unit with its suffix, such as nginx.service");
        }
    }

    private static DeployException unusable(String host, String field, String found, String allowed) {
        return new DeployException(new DeployFailure.ArtifactsUnusable(host, field, found, allowed));
    }

    /** Everything that the design asks for, as one digest: two designs that differ in anything differ in it. */
    Digest fingerprint() {
        StringBuilder text = new StringBuilder(files.getLast().text());
        packages.forEach(name -> text.append("package\t").append(name).append('\n'));
        validations.forEach(
                check -> text.append("check\t").append(check.command()).append('\n'));
        services.forEach(service -> text.append("service\t").append(service).append('\n'));
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** How many files a person would count. */
    int fileCount() {
        return files.size() - 1;
    }
}
