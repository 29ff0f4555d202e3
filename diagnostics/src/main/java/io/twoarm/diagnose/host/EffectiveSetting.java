package io.twoarm.diagnose.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel setting as it acts on a device. For many, the kernel combines the device's own value with that for all devices
 * (Linux, {@code Documentation/networking/ip-sysctl.rst}).
 *
 * @param device empty for settings that have none
 * @param value that acts
 * @param origin the values that it comes from, such as {@code all=1, eth0=0}
 */
public record EffectiveSetting(String device, String name, String value, String origin) {
    private static final Pattern PER_DEVICE = Pattern.compile("net\\.(ipv[46])\\.conf\\.(.+)\\.(\\w+) = (\\S+)");
    private static final Pattern PLAIN = Pattern.compile("(net\\.\\S+) = (\\S+)");

    /** Reads lines of {@code sysctl}. */
    static List<EffectiveSetting> of(List<String> lines) {
        Map<String, String> values = new TreeMap<>();
        List<EffectiveSetting> settings = new ArrayList<>();
        for (String line : lines) {
            Matcher perDevice = PER_DEVICE.matcher(line);
            Matcher plain = PLAIN.matcher(line);
            if (perDevice.matches()) {
                String key = perDevice.group(2) + " " + perDevice.group(1) + "." + perDevice.group(3);
                values.put(key, perDevice.group(4));
            } else if (plain.matches()) {
                settings.add(new EffectiveSetting("", plain.group(1), plain.group(2), ""));
            }
        }
        values.forEach((key, own) -> {
            String device = key.substring(0, key.indexOf(' '));
            String name = key.substring(key.indexOf(' ') + 1);
            if (device.equals("all") || device.equals("default")) {
                return;
            }
            String all = values.getOrDefault("all " + name, own);
            boolean forwarding =
                    values.getOrDefault(device + " ipv4.forwarding", "0").equals("1");
            settings.add(new EffectiveSetting(
                    device, name, combined(name, all, own, forwarding), "all=" + all + ", " + device + "=" + own));
        });
        return List.copyOf(settings);
    }

    private static String combined(String name, String all, String own, boolean forwarding) {
        boolean numbers = all.matches("\\d{1,9}") && own.matches("\\d{1,9}");
        if (!numbers) {
            return own;
        }
        int general = Integer.parseInt(all);
        int particular = Integer.parseInt(own);
        return switch (name) {
            case "ipv4.rp_filter", "ipv4.arp_ignore", "ipv4.arp_announce" ->
                Integer.toString(Math.max(general, particular));
            case "ipv4.send_redirects", "ipv4.secure_redirects" -> Integer.toString(general | particular);
            // A host takes redirects when either allows it, a router only when both do.
            case "ipv4.accept_redirects" -> Integer.toString(forwarding ? general & particular : general | particular);
            default -> own;
        };
    }
}
