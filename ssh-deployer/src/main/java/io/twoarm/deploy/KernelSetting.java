package io.twoarm.deploy;

import io.twoarm.deploy.HostDesign.WantedFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One setting of a file in sysctl.d(5) that a design brings.
 *
 * @param key with dots, such as {@code net.ipv4.ip_forward}
 * @param value as the kernel prints it, several fields separated by one blank
 * @param file the path of the file
 */
record KernelSetting(String key, String value, String file) {
    private static final String DIRECTORY = "/etc/sysctl.d/";

    /** All settings of a design. Patterns ({@code net.*}) are left out: what they match is known only on the host. */
    static List<KernelSetting> of(HostDesign design) {
        List<KernelSetting> settings = new ArrayList<>();
        for (WantedFile file : design.files()) {
            if (file.path().startsWith(DIRECTORY) && file.path().endsWith(".conf")) {
                file.text().lines().forEach(line -> parse(line, file.path()).ifPresent(settings::add));
            }
        }
        return settings;
    }

    private static Optional<KernelSetting> parse(String line, String file) {
        String text = line.strip();
        int equals = text.indexOf('=');
        if (text.startsWith("#") || text.startsWith(";") || equals <= 0) {
            return Optional.empty();
        }
        // A leading "-" tells sysctl to ignore a failure; "/" may stand for ".", as in the path below /proc/sys.
        String key = text.substring(0, equals).strip().replaceFirst("^-", "");
        String dotted = key.contains("/") && !key.contains(".") ? key.replace('/', '.') : key;
        if (!dotted.matches("[A-Za-z0-9_./-]+") || dotted.startsWith("-")) {
            return Optional.empty();
        }
        return Optional.of(new KernelSetting(dotted, normal(text.substring(equals + 1)), file));
    }

    private static String normal(String value) {
        return value.strip().replaceAll("\\s+", " ");
    }

    /** What the kernel has, or nothing when it does not know the setting. */
    Optional<String> now(HostFacts facts) {
        return Optional.ofNullable(facts.settings().get(key)).map(KernelSetting::normal);
    }

    boolean inForce(HostFacts facts) {
        return now(facts).equals(Optional.of(value));
    }

    /** Whether the kernel knows the setting and has another value. */
    private boolean differs(HostFacts facts) {
        return now(facts).filter(now -> !now.equals(value)).isPresent();
    }

    /** The files of which the kernel has another value. */
    static Set<String> filesNotInForce(HostDesign design, HostFacts facts) {
        Set<String> files = new LinkedHashSet<>();
        of(design).stream().filter(setting -> setting.differs(facts)).forEach(setting -> files.add(setting.file));
        return files;
    }
}
