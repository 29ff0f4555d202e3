package io.twoarm.toa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module's sources before the kernel's own build system, and the script before them. */
class ToaModuleTest {
    @TempDir
    Path directory;

    private Path sources;

    @BeforeEach
    void writeSources() throws IOException {
        sources = Files.createDirectory(directory.resolve("sources"));
        for (var source : ToaModule.sources().entrySet()) {
            Files.writeString(sources.resolve(source.getKey()), source.getValue());
        }
        Files.writeString(directory.resolve("twoarm-toa-module"), ToaModule.loader());
    }

    @Test
    void itCompilesWithoutAWarningForEveryKernelWhoseHeadersAreThere() throws Exception {
        for (String kernel : kernels()) {
            Outcome outcome = make(kernel);

            assertThat(outcome.status()).as("%s: %s", kernel, outcome.text()).isZero();
            assertThat(outcome.text()).as(kernel).doesNotContain("warning:");
            assertThat(sources.resolve(ToaModule.NAME + ".ko")).exists();
            make(kernel, "clean");
        }
    }

    @Test
    void itDoesNotCompileWhereTheKernelsFunctionsTakeOtherArguments() throws Exception {
        change("toa.c", "function(socket, name, 1)", "function(socket, name, (int *)NULL, 1)");

        Outcome outcome = make(kernels().getFirst());

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.text()).contains("too many arguments to function", "inet_getname");
    }

    @Test
    void theProbeSaysWhetherItCompiles() throws Exception {
        String kernel = kernels().getFirst();
        assertThat(probe(kernel)).isEqualTo(new Outcome(0, "the module compiles for kernel " + kernel + "\n"));

        change("clients.c", "vzalloc(", "no_such_function(");
        Outcome refused = probe(kernel);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text())
                .contains("no_such_function")
                .contains("does not compile for kernel " + kernel)
                .contains("fix: another kernel, or the PROXY protocol");

        Outcome missing = probe("3.10.0-none");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.text())
                .contains("the headers of the running kernel 3.10.0-none are missing")
                .contains("kernel-devel-3.10.0-none");
    }

    @Test
    void whatIsBuiltIsWhatDkmsAndTheKernelAreTold() {
        assertThat(ToaModule.sources().get("Makefile")).contains("obj-m := " + ToaModule.NAME + ".o");
        assertThat(ToaModule.sources().get("dkms.conf"))
                .contains("BUILT_MODULE_NAME[0]=\"" + ToaModule.NAME + "\"")
                .contains("PACKAGE_NAME=\"twoarm-toa\"\nPACKAGE_VERSION=\"1\"");
        assertThat(ToaModule.SOURCE_FOLDER).isEqualTo("/usr/src/twoarm-toa-1");
        assertThat(ToaModule.sources().get("toa.c")).contains("MODULE_LICENSE(\"GPL\")");
    }

    @Test
    void wrongUseIsAnsweredWithTheVerbs() throws Exception {
        Outcome outcome =
                Outcome.of("bash", directory.resolve("twoarm-toa-module").toString(), "start");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text()).contains("probe [FILE...] | load | unload | status");
    }

    /** Kernels that can be compiled for. */
    private static List<String> kernels() throws IOException {
        Path modules = Path.of("/lib/modules");
        try (Stream<Path> all = Files.isDirectory(modules) ? Files.list(modules) : Stream.empty()) {
            List<String> kernels = all.filter(kernel -> Files.exists(kernel.resolve("build/Makefile")))
                    .map(kernel -> kernel.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(kernels)
                    .as("kernel headers come with: sudo tools/install-packages --test")
                    .isNotEmpty();
            return kernels;
        }
    }

    private Outcome make(String kernel, String... targets) throws IOException, InterruptedException {
        return Outcome.of(
                Stream.concat(Stream.of("make", "-C", sources.toString(), "KERNEL=" + kernel), Stream.of(targets))
                        .toArray(String[]::new));
    }

    private void change(String source, String from, String to) throws IOException {
        Path file = sources.resolve(source);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    /** As on a machine that runs that kernel. */
    private Outcome probe(String kernel) throws IOException, InterruptedException {
        Path uname = Files.createDirectories(directory.resolve("bin")).resolve("uname");
        Files.writeString(uname, "#!/bin/sh\n[ \"$1\" = -r ] && echo " + kernel + " || exec /usr/bin/uname \"$@\"\n");
        assertThat(uname.toFile().setExecutable(true)).isTrue();
        return Outcome.of(
                "bash",
                "-c",
                "PATH=$1:$PATH; exec bash \"$2\" probe \"$3\"/*",
                "bash",
                uname.getParent().toString(),
                directory.resolve("twoarm-toa-module").toString(),
                sources.toString());
    }
}
