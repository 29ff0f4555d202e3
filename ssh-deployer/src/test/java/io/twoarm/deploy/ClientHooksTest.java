package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script before folders that look like systems, and what is made of its answers. */
class ClientHooksTest {
    private static final String MODULE_SYMBOLS = "register_kprobe register_kretprobe tcp_child_process";
    private static final String BPF_SYMBOLS =
            "__cgroup_bpf_run_filter_sock_ops __cgroup_bpf_run_filter_getsockopt bpf_sk_storage_get bpf_sock_ops_load_hdr_opt";

    @TempDir
    Path system;

    @BeforeEach
    void makeSystem() throws IOException {
        write("proc/filesystems", "nodev\tcgroup\nnodev\tcgroup2\n\text4\n");
        write("proc/modules", "");
    }

    @Test
    void aKernelWithTheHooksGetsPrograms() throws Exception {
        kernel("6.1.0-18-amd64", BPF_SYMBOLS + " " + MODULE_SYMBOLS);

        ClientHooks hooks = ask();

        assertThat(hooks).isEqualTo(new ClientHooks("6.1.0-18-amd64", List.of(), List.of(), false));
        ClientHooks.Choice choice = hooks.choose(realserver());
        assertThat(choice.artifacts()).isSameAs(realserver);
        assertThat(choice.step()).isEmpty();
    }

    /** Red Hat puts hooks of later kernels into its own, so that the number tells nothing. */
    @Test
    void theHooksCountAndNotTheNumberOfTheKernel() throws Exception {
        kernel("4.18.0-553.el8_10.x86_64", BPF_SYMBOLS + " " + MODULE_SYMBOLS);

        assertThat(ask().bpfLacks()).isEmpty();
    }

    @Test
    void anOldKernelGetsTheModuleAndThePlanSaysWhy() throws Exception {
        kernel("3.10.0-1160.el7.x86_64", MODULE_SYMBOLS);
        write("proc/filesystems", "nodev\tcgroup\n\txfs\n");

        ClientHooks hooks = ask();
        ClientHooks.Choice choice = hooks.choose(realserver());

        assertThat(hooks.bpfLacks())
                .containsExactly(
                        "sock_ops programs of control groups",
                        "getsockopt programs of control groups",
                        "storage per socket",
                        "TCP options for sock_ops programs",
                        "cgroup2");
        assertThat(hooks.moduleLacks()).isEmpty();
        assertThat(choice.step().orElseThrow().action()).contains("by a kernel module");
        assertThat(choice.step().orElseThrow().reason())
                .contains("kernel 3.10.0-1160.el7.x86_64 lacks")
                .contains("storage per socket");
        assertThat(choice.artifacts().packages())
                .contains("gcc", "make", "dkms", HostArtifacts.KERNEL_HEADERS)
                .doesNotContain("bpftool");
        assertThat(choice.artifacts().files())
                .extracting(HostFile::path)
                .contains("/usr/src/twoarm-toa-1/toa.c", "/etc/modprobe.d/twoarm-toa.conf")
                .doesNotContain("/usr/local/sbin/twoarm-toa");
    }

    @Test
    void headersThatAreThereAreNoPackageToInstall() throws Exception {
        kernel("4.18.0-own", MODULE_SYMBOLS);
        write("lib/modules/4.18.0-own/build/Makefile", "");

        assertThat(ask().choose(realserver()).artifacts().packages())
                .contains("gcc")
                .doesNotContain(HostArtifacts.KERNEL_HEADERS);
    }

    @Test
    void aKernelThatTakesNeitherIsRefusedWithBothReasonsAndAnotherWay() throws Exception {
        kernel("4.18.0-fixed", MODULE_SYMBOLS);
        Files.delete(system.resolve("proc/modules"));
        write("sys/kernel/security/lockdown", "none integrity [confidentiality]\n");

        ClientHooks hooks = ask();

        assertThat(hooks.moduleLacks())
                .containsExactly("modules that can be loaded", "permission: it is locked down for confidentiality");
        assertThatThrownBy(() -> hooks.choose(realserver()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("storage per socket")
                .hasMessageContaining("modules that can be loaded")
                .hasMessageContaining("clientAddress: proxy_v2");
    }

    @Test
    void withoutAListOfSymbolsTheAgeCounts() throws Exception {
        write("proc/sys/kernel/osrelease", "5.10.0\n");
        assertThat(ask().bpfLacks()).isEmpty();
        write("proc/sys/kernel/osrelease", "5.9.16\n");
        assertThat(ask().bpfLacks()).containsExactly("kernel 5.10 or later");
        write("proc/sys/kernel/osrelease", "6.1.0\n");
        assertThat(ask().bpfLacks()).isEmpty();
    }

    @Test
    void whatALoginShellPrintsBeforeIsNoAnswer() {
        assertThat(ClientHooks.parse("rs1", "Welcome!\nbpf\tnothing\nhooks\t6.1\nheaders\tyes\nend\nbye\n"))
                .isEqualTo(new ClientHooks("6.1", List.of(), List.of(), true));
        assertThatThrownBy(() -> ClientHooks.parse("rs1", "hooks\t6.1\nbpf\tx\n"))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("ended before all was told");
    }

    private final HostArtifacts realserver = ArtifactGenerator.generate(
            ProjectReader.readText(
                            StarterTopologies.named("two-arm-fullnat")
                                    .orElseThrow()
                                    .topology(),
                            Path.of("topology.yaml"))
                    .topology()
                    .orElseThrow(),
            "rs1");

    private HostArtifacts realserver() {
        return realserver;
    }

    private void kernel(String release, String symbols) throws IOException {
        write("proc/sys/kernel/osrelease", release + "\n");
        StringBuilder list = new StringBuilder("0000000000000000 A fixed_percpu_data\n");
        for (String symbol : symbols.split(" ")) {
            list.append("0000000000000000 T ").append(symbol).append('\n');
            list.append("0000000000000000 t ").append(symbol).append(".cold\n");
        }
        write("proc/kallsyms", list.toString());
    }

    private void write(String path, String text) throws IOException {
        Path file = system.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ClientHooks ask() throws IOException {
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        RemoteScript.HOOKS.command(system.toString()).line())
                .start();
        return ClientHooks.parse("rs1", new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
