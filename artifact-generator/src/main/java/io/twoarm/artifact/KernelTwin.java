package io.twoarm.artifact;

import io.twoarm.model.Port;

/** The kernel's interface beside a port that DPVS drives (KNI). It carries what DPVS does not handle itself. */
final class KernelTwin {
    private KernelTwin() {}

    /** DPVS's own name for it. */
    static String name(String port) {
        return port + ".kni";
    }

    static boolean isUsed(Port port) {
        return !port.kernelAddresses().isEmpty();
    }
}
