package io.twoarm.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Releases of DPVS whose configuration languages differ. */
public enum DpvsRelease {
    /** Has {@code fdir} blocks and {@code max_burst_size} in {@code dpvs.conf}; kernel interfaces by {@code rte_kni}. */
    V1_8("v1.8"),
    V1_9("v1.9"),
    /** Kernel interfaces by {@code virtio_user}; {@code kni} can be switched off in {@code global_defs}. */
    V1_10("v1.10");

    private final String word;

    DpvsRelease(String word) {
        this.word = word;
    }

    /** As in the project file: {@code v1.10}. */
    public String word() {
        return word;
    }

    public static Optional<DpvsRelease> of(String word) {
        return Arrays.stream(values())
                .filter(release -> release.word.equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(DpvsRelease::word).toList();
    }
}
