package io.twoarm.deploy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of a host, for looking at. */
public final class HostFiles {
    /** Fields of one entry, each ended by a zero byte, which no name can hold. */
    private static final String FORMAT = "%y\\0%m\\0%u:%g\\0%s\\0%T@\\0%f\\0%l\\0";

    private static final int FIELDS = 7;
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_OF_A_FILE = 1 << 20;
    private static final String GOES_ON = "[the file goes on: only its first MiB is shown]\n";
    private static final int DIRECTORY_STATUS = 3;
    private static final String LIST = """
            if ! [ -d "$1" ]; then echo "it is no directory" >&2; exit 3; fi
            exec find "$1/" -mindepth 1 -maxdepth 1 -printf "$2"
            """;

    private HostFiles() {}

    /**
     * @param mode permission bits, such as {@code 644}
     * @param owner user and group, {@code root:root}
     * @param size in bytes
     * @param target of a symbolic link; empty otherwise
     */
    public record Entry(
            String name, Type type, String mode, String owner, long size, Instant modified, String target) {}

    /** What an entry is. */
    public enum Type {
        DIRECTORY,
        FILE,
        LINK,
        /** A device, a socket or a pipe. */
        OTHER
    }

    /**
     * What is in a directory: directories first, then by name.
     *
     * @param directory absolute path on the host
     * @throws DeployException with {@link DeployFailure.FileUnreadable}
     */
    public static List<Entry> list(SshConnection host, String directory) {
        CommandResult result = host.run(RemoteCommand.script(LIST, List.of(directory, FORMAT))
                .labelled("list " + directory)
                .withOutputLimit(MOST_BYTES));
        if (!result.succeeded()) {
            String cause =
                    result.status() == DIRECTORY_STATUS || !result.stderr().isBlank()
                            ? result.stderr().strip()
                            : result.ending();
            throw new DeployException(
                    new DeployFailure.FileUnreadable(host.target().host(), directory, cause));
        }
        return parse(result.stdout());
    }

    static List<Entry> parse(String output) {
        String[] fields = output.split("\0", -1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + FIELDS <= fields.length; i += FIELDS) {
            entries.add(new Entry(
                    fields[i + 5],
                    type(fields[i]),
                    fields[i + 1],
                    fields[i + 2],
                    Long.parseLong(fields[i + 3]),
                    Instant.ofEpochSecond((long) Double.parseDouble(fields[i + 4])),
                    fields[i + 6]));
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.type() != Type.DIRECTORY)
                .thenComparing(Entry::name));
        return List.copyOf(entries);
    }

    private static Type type(String letter) {
        return switch (letter) {
            case "d" -> Type.DIRECTORY;
            case "f" -> Type.FILE;
            case "l" -> Type.LINK;
            default -> Type.OTHER;
        };
    }

    /**
     * A file as text. Of one that is larger than one MiB the beginning, up to the end of a line if there is one, and a last
     * line that says so.
     *
     * @throws DeployException with {@link DeployFailure.FileUnreadable}
     */
    public static String read(SshConnection host, String path) {
        CommandResult result = host.run(RemoteCommand.of("head", "-c", Integer.toString(MOST_OF_A_FILE + 1), "--", path)
                .labelled("read " + path)
                .withOutputLimit(MOST_OF_A_FILE));
        if (!result.succeeded()) {
            throw new DeployException(new DeployFailure.FileUnreadable(
                    host.target().host(), path, result.stderr().strip()));
        }
        String text = result.stdout();
        if (!result.truncated()) {
            return text;
        }
        int lines = text.lastIndexOf('\n') + 1;
        return (lines == 0 ? text + "\n" : text.substring(0, lines)) + GOES_ON;
    }
}
