package io.twoarm.artifact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A host's artifacts as a list for people and for comparison. */
public final class HostManifest {
    private HostManifest() {}

    /** Packages, files with mode and SHA-256, validations and services of one host; the same artifacts give the same text. */
    public static String render(HostArtifacts artifacts) {
        StringBuilder text = new StringBuilder();
        text.append("host ").append(artifacts.host()).append('\n');
        section(text, "packages", artifacts.packages());
        if (artifacts.daemonBundle()) {
            section(text, "program", List.of("the director daemon in " + DaemonBundle.INSTALL_PATH));
        }
        section(
                text,
                "files",
                artifacts.files().stream().map(HostManifest::line).toList());
        section(
                text,
                "checked before anything changes",
                artifacts.validations().stream()
                        .map(validation -> validation.reason() + ":\n      "
                                + CommandText.of(validation.command()).replace("\n", "\n      "))
                        .toList());
        section(
                text,
                "services, in this order",
                artifacts.services().stream().map(HostManifest::line).toList());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    private static String line(HostFile file) {
        return "%04o %s  %s\n      %s".formatted(file.mode(), file.path(), sha256(file.content()), file.reason());
    }

    private static String line(HostService service) {
        return service.unit() + "\n      " + (service.reload() ? "reloaded" : "restarted") + " after a change of "
                + String.join(", ", service.restartOn());
    }

    private static String sha256(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
