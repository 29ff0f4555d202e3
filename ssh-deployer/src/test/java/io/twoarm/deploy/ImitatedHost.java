package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A folder in which the scripts that run on hosts find their directories, and old programs before the machine's own:
 * systemctl, systemd-run and journalctl of systemd 219, and sync of coreutils 8.22, as CentOS 7 has them. They refuse the
 * options that came later. It needs no root: files belong to whoever runs the test.
 */
final class ImitatedHost {
    private static final Map<String, String> PROGRAMS =
            Map.of("systemctl", """
            #!/bin/sh
            for word; do [ "$word" != --value ] || { echo "systemctl: unrecognized option '--value'" >&2; exit 1; }; done
            verb= last=
            for word; do
                case $word in --*) ;; *) [ -n "$verb" ] || verb=$word; last=$word ;; esac
            done
            case "$*" in
                --version) echo "systemd 219"; echo "+PAM +AUDIT" ;;
                *"start twoarm-apply-"*)
                    unit=UNITS/$last
                    (
                        sh -c "$(sed -n 's/^ExecStart=//p' "$unit")"
                        sh -c "$(sed -n 's/^ExecStopPost=//p' "$unit")"
                    ) >/dev/null 2>&1 </dev/null &
                    ;;
                *start*broken.service*) exit 1 ;;
                show*)
                    while [ "$1" != -p ]; do shift; done
                    case $2 in
                        ActiveState) case $last in broken.*) value=inactive ;; *) value=active ;; esac ;;
                        LoadState) value=loaded ;;
                        Type) value=simple ;;
                        MainPID) value=1 ;;
                        Result) value=success ;;
                        UnitFileState) value=enabled ;;
                        *) value= ;;
                    esac
                    echo "$2=$value"
                    ;;
            esac
            """, "systemd-run", """
            #!/bin/sh
            echo "systemd-run: unrecognized option" >&2
            exit 1
            """, "journalctl", """
            #!/bin/sh
            case "$*" in *--no-hostname*) echo "journalctl: unrecognized option '--no-hostname'" >&2; exit 1 ;; esac
            for last; do :; done
            echo "the journal of $last"
            """, "sync", """
            #!/bin/sh
            case "$*" in
                --help) echo "Force changed blocks to disk, update the super block." ;;
                -*f*) case $1 in --) ;; *) echo "sync: invalid option -- 'f'" >&2; exit 1 ;; esac ;;
            esac
            """, "install", """
            #!/bin/sh
            # Whoever is not root keeps what they make.
            if [ "$(id -u)" -ne 0 ] && [ "$1 $2 $3 $4" = "-o root -g root" ]; then shift 4; fi
            exec /usr/bin/install "$@"
            """);

    private final Path root;
    private final Map<String, String> places;

    private ImitatedHost(Path root) {
        this.root = root;
        String old = root.resolve("old-programs").toString();
        places = Map.of(
                "PATH=/usr/sbin:", "PATH=" + old + ":/usr/sbin:",
                "/var/lib/twoarm", root.resolve("var").toString(),
                "/opt/twoarm", root.resolve("opt").toString(),
                "/run/twoarm-deployer", root.resolve("run").toString(),
                "/run/systemd/system", root.resolve("units").toString(),
                "/etc/systemd/system", root.resolve("etc-units").toString());
    }

    static ImitatedHost in(Path root) throws IOException {
        ImitatedHost host = new ImitatedHost(root);
        for (String folder : List.of("old-programs", "var/incoming", "opt", "run", "units", "etc-units")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
            Path file = root.resolve("old-programs").resolve(program.getKey());
            Files.writeString(
                    file,
                    program.getValue().replace("UNITS", root.resolve("units").toString()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return host;
    }

    /** A script as it is, but for the directories and programs. */
    String text(RemoteScript script) {
        String text = script.text();
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace(place.getKey(), place.getValue());
        }
        return text;
    }

    Path journal(String id) {
        return root.resolve("var/journal").resolve(id);
    }

    /** Runs a script by the very line that SSH would carry. */
    String run(RemoteScript script, List<InputStream> input, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", text(script), script.name()));
        words.addAll(List.of(arguments));
        return line(RemoteCommand.of(words).line(), input);
    }

    /** Stages the files of a change and starts it; it then waits for its confirmation. */
    void launch(String id, HostChange change) throws IOException {
        stage(
                "var/staging/" + id,
                change.puts().stream()
                        .map(put -> new StagedFile(put.path(), put.mode(), put.content()))
                        .toList());
        List<StagedFile> files = new ArrayList<>(List.of(
                StagedFile.of("/plan", change.plan()),
                StagedFile.of("/confirm", "60\n"),
                StagedFile.of("/log", ""),
                StagedFile.of("/prepared", ""),
                StagedFile.of("/outcome/waiting", ""),
                StagedFile.of("/twoarm-recover.service", RemoteScript.RECOVERY_UNIT.text())));
        for (String result : List.of("committed", "restored", "broken")) {
            files.add(StagedFile.of("/outcome/" + result, result + "\n"));
        }
        for (RemoteScript script :
                List.of(RemoteScript.TRANSACTION, RemoteScript.CHANGE, RemoteScript.BACK, RemoteScript.CONCLUSION)) {
            files.add(StagedFile.of("/" + script.name().toLowerCase(Locale.ROOT) + ".sh", text(script)));
        }
        stage("var/incoming/" + id, files);
        run(RemoteScript.LAUNCH, List.of(), id);
    }

    private void stage(String folder, List<StagedFile> files) throws IOException {
        run(
                RemoteScript.STAGE,
                files.stream().flatMap(StagedFile::parts).toList(),
                root.resolve(folder).toString());
    }

    /** What the change came to so far: its result, reason and output. */
    String await(String id) throws IOException {
        return run(RemoteScript.WAIT, List.of(), id, "1");
    }

    /** @param verb confirm or recover */
    String transaction(String id, String verb) throws IOException {
        return line(
                RemoteCommand.of("sh", journal(id) + "/transaction.sh", verb).line(), List.of());
    }

    private static String line(String line, List<InputStream> input) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream out = shell.getOutputStream()) {
            for (InputStream part : input) {
                part.transferTo(out);
            }
        }
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(shell.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return said;
    }
}
