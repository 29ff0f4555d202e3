package io.twoarm.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything on a host that a deployment may touch: files with mode and digest, links, and units with their run.
 *
 * @param lines sorted; without the journals, which are kept on purpose
 * @param runs unit to systemd's identity of its present run
 */
record HostState(String lines, Map<String, String> runs) {
    private static final String SCRIPT = """
            for root in /etc/probe /etc/systemd/system /opt/twoarm/director /var/lib/twoarm /small; do
                [ -e "$root" ] || continue
                find "$root" -mindepth 1 -name journal -prune -o -name '*.wants' -o -lname /dev/null -o -printf '%y %m %u %l %p\\n'
                find "$root" -name journal -prune -o -type f -exec sha256sum {} +
            done | grep -v /twoarm-recover.service | sort
            units="probe-one.service probe-two.service probe-three.service probe-daemon.service"
            systemctl show -p Id -p LoadState -p ActiveState -p UnitFileState $units | awk -v RS= '{ gsub("\\n", " "); print }'
            echo ==
            systemctl show -p Id -p InvocationID $units | awk -v RS= '{ gsub("\\n", " "); print }'
            """;

    static HostState of(SshConnection connection) {
        String[] parts = connection.script(SCRIPT).orThrow().stdout().split("==\n", 2);
        Map<String, String> runs = parts[1].lines()
                .collect(Collectors.toMap(line -> property(line, "Id"), line -> property(line, "InvocationID")));
        return new HostState(parts[0], runs);
    }

    private static String property(String line, String name) {
        return Arrays.stream(line.split(" "))
                .filter(field -> field.startsWith(name + "="))
                .map(field -> field.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    String run(String unit) {
        return runs.get(unit);
    }

    /** Names that a change uses on its way and must not leave. */
    List<String> leftovers() {
        return lines.lines()
                .filter(line -> line.contains("twoarm-new")
                        || line.contains("twoarm-old")
                        || line.contains("/staging")
                        || line.contains("/incoming")
                        || line.contains(".incoming"))
                .toList();
    }
}
