package io.twoarm.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The POSIX shell scripts that run on hosts, and the unit that starts one; each says what it takes and prints. */
enum RemoteScript {
    BACK("back.sh"),
    BUNDLE("bundle.sh"),
    CHANGE("change.sh"),
    CONCLUSION("conclusion.sh"),
    CONTENTS("contents.sh"),
    FACTS("facts.sh"),
    HISTORY("history.sh"),
    HOOKS("hooks.sh"),
    LAUNCH("launch.sh"),
    LOCK("lock.sh"),
    PACKAGES("packages.sh"),
    PREFLIGHT("preflight.sh"),
    RECOVERY_UNIT("twoarm-recover.service"),
    STAGE("stage.sh"),
    TRANSACTION("transaction.sh"),
    UPLOAD("upload.sh"),
    WAIT("wait.sh"),
    WATCHED("watched.sh");

    private final String resource;

    RemoteScript(String resource) {
        this.resource = resource;
    }

    /** The script with its arguments on the command line, so that standard input is free for data. */
    RemoteCommand command(String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", text(), resource));
        words.addAll(List.of(arguments));
        return RemoteCommand.of(words).labelled(resource + " " + String.join(" ", arguments));
    }

    String text() {
        try (InputStream in = RemoteScript.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
