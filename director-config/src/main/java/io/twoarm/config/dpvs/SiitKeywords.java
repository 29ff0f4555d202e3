package io.twoarm.config.dpvs;

import static io.twoarm.config.dpvs.Setting.Support.HONOURED;
import static io.twoarm.config.dpvs.ValueKind.text;

import java.util.List;
import java.util.Optional;

/** Keywords of stateless translation between IPv4 and IPv6, which only TwoArm's director knows. */
public final class SiitKeywords {
    private static final int LONGEST = 43;

    public static final Setting<String> PREFIX = new Setting<>(
            "siit_defs/prefix",
            text(LONGEST),
            Optional.empty(),
            false,
            HONOURED,
            "IPv6 prefix of length 32, 40, 48, 56, 64 or 96 in which all IPv4 addresses have their place (RFC 6052)."
                    + " TwoArm's own; DPVS does not know it.");
    public static final Setting<String> IPV6 = new Setting<>(
            "siit_defs/eam/ipv6",
            text(LONGEST),
            Optional.empty(),
            false,
            HONOURED,
            "IPv6 prefix that stands for the block's IPv4 prefix (RFC 7757).");

    static final List<Setting<?>> ALL = List.of(PREFIX, IPV6);

    private SiitKeywords() {}
}
