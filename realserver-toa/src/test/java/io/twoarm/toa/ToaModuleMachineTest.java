package io.twoarm.toa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The module in the kernel of a machine of its own, since it must not be tried on the one that runs the tests. The machine's
 * only process, {@code init.c}, sends handshakes and looks at what servers see.
 */
@Tag("long")
class ToaModuleMachineTest {
    private static final String NEEDED = "what it takes comes with: sudo tools/install-packages --long";

    @TempDir
    Path directory;

    @Test
    void serversOfARealKernelSeeTheClientAndTheModuleComesAndGoesUnderLoad() throws Exception {
        String kernel = kernel();
        Path root = Files.createDirectory(directory.resolve("root"));
        run(
                "gcc",
                "-O1",
                "-Wall",
                "-Werror",
                "-static",
                "-o",
                root.resolve("init").toString(),
                "src/test/module/init.c");
        for (var source : ToaModule.sources().entrySet()) {
            Files.writeString(directory.resolve(source.getKey()), source.getValue());
        }
        run("make", "-C", directory.toString(), "KERNEL=" + kernel);
        Files.move(directory.resolve("twoarm_toa.ko"), root.resolve("twoarm_toa.ko"));
        tunnelDriver(kernel, root.resolve("tun.ko"));
        run(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                "cd \"$1\"; find . | cpio --quiet -o -H newc >../root.cpio",
                "bash",
                root.toString());

        Outcome machine = boot(kernel);

        assertThat(machine.text()).doesNotContain("FAILED").containsPattern("(?m)^done$");
        assertThat(machine.text().lines().filter(line -> line.startsWith("ok ")).count())
                .as(machine.text())
                .isEqualTo(33);
    }

    private static String kernel() throws IOException {
        try (Stream<Path> images = Files.list(Path.of("/boot"))) {
            return images.map(image -> image.getFileName().toString())
                    .filter(name -> name.startsWith("vmlinuz-"))
                    .map(name -> name.substring("vmlinuz-".length()))
                    .filter(name -> Files.exists(Path.of("/lib/modules", name, "build/Makefile")))
                    .max(String::compareTo)
                    .orElseThrow(() -> new AssertionError("no kernel in /boot has its headers here; " + NEEDED));
        }
    }

    /** Compressed or not; nothing where the kernel has it built in. */
    private static void tunnelDriver(String kernel, Path to) throws Exception {
        Path plain = Path.of("/lib/modules", kernel, "kernel/drivers/net/tun.ko");
        if (Files.exists(plain)) {
            Files.copy(plain, to);
        } else if (Files.exists(plain.resolveSibling("tun.ko.xz"))) {
            run("bash", "-euc", "xz -dc \"$1\" >\"$2\"", "bash", plain + ".xz", to.toString());
        }
    }

    /**
     * Without the processor's own help, which not every machine that runs tests lends; and its two processors by turns, since
     * an emulation in several threads crashes now and then where probes are set, also by the kernel's own tracing.
     */
    private Outcome boot(String kernel) throws Exception {
        return Outcome.of(
                "timeout",
                "300",
                "qemu-system-x86_64",
                "-accel",
                "tcg,thread=single",
                "-cpu",
                "max",
                "-smp",
                "2",
                "-m",
                "512",
                "-nographic",
                "-no-reboot",
                "-nic",
                "none",
                "-kernel",
                "/boot/vmlinuz-" + kernel,
                "-initrd",
                directory.resolve("root.cpio").toString(),
                "-append",
                "console=ttyS0 quiet loglevel=3 panic=-1");
    }

    private static void run(String... command) throws Exception {
        Outcome outcome = Outcome.of(command);
        assertThat(outcome.status())
                .as("%s: %s (%s)", command[0], outcome.text(), NEEDED)
                .isZero();
    }
}
