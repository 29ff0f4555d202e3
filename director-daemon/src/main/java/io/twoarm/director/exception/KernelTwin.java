package io.twoarm.director.exception;

import io.twoarm.director.linux.TapDevice;
import java.util.concurrent.atomic.AtomicLong;

/** The kernel's interface beside a port, with what went through it. Only the exchange's thread writes. */
final class KernelTwin {
    final int port;
    final String portName;
    final TapDevice tap;
    final AtomicLong toKernel = new AtomicLong();
    final AtomicLong fromKernel = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong lost = new AtomicLong();

    KernelTwin(int port, String portName, TapDevice tap) {
        this.port = port;
        this.portName = portName;
        this.tap = tap;
    }

    static void count(AtomicLong counter) {
        counter.setOpaque(counter.getPlain() + 1);
    }

    TwinStatus status() {
        return new TwinStatus(
                portName,
                tap.name(),
                toKernel.getOpaque(),
                fromKernel.getOpaque(),
                refused.getOpaque(),
                lost.getOpaque());
    }
}
