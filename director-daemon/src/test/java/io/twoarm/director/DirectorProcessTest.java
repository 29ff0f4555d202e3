package io.twoarm.director;

import static io.twoarm.director.DirectorProcess.RING_PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.client.ControlConnection;
import io.twoarm.director.linux.NotifySocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process, on DPDK's ring ports, which need no rights and no huge pages. */
class DirectorProcessTest {
    @TempDir
    Path folder;

    @Test
    void itRunsOnRealPortsAnswersAndStopsOnSigtermWithoutATrace() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director = DirectorProcess.start(folder, RING_PORTS)) {
            director.awaitReady();

            assertThat(Files.readString(folder.resolve("director.pid")).trim())
                    .isEqualTo(String.valueOf(director.pid()));
            Json.JsonObject status = director.ask("status");
            assertThat(status.get("state")).contains(Json.of("running"));
            assertThat(status.get("dpdk").orElseThrow().text()).contains("DPDK 22.11");
            assertThat(status.get("pid")).contains(Json.of(director.pid()));
            assertThat(status.get("sessions")).contains(Json.of(0));
            assertThat(status.get("session_capacity")).isPresent();
            assertThat(director.ask("ports").text())
                    .contains("\"name\":\"dpdk0\",\"device\":\"net_ring0\"")
                    .contains("\"name\":\"dpdk2\",\"device\":\"net_ring1\"");

            director.signal("TERM");
            assertThat(director.awaitExit()).isZero();
            assertThat(director.output())
                    .contains("stopping because of SIGTERM")
                    .contains("stopped");
            assertThat(folder.resolve("director.pid")).doesNotExist();
            assertThat(folder.resolve("director.ipc")).doesNotExist();
        }
    }

    @Test
    void theDefaultPoolFitsWithoutHugePagesAndWithoutAnyWordAboutMemory() throws Exception {
        DirectorFiles.twoArm().withPacketBuffers(65535).writeTo(folder);
        try (DirectorProcess director =
                DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            assertThat(director.ask("status").text()).contains("\"buffers\":65535");
        }
    }

    @Test
    void itStopsWhileItStillRehearses() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> arguments = new ArrayList<>(RING_PORTS);
        arguments.addAll(List.of("-l", "0"));
        try (DirectorProcess director = DirectorProcess.start(folder, arguments).awaitReady()) {
            director.await("rare packets to be rehearsed", () -> rehearses(director.pid()));
            director.signal("TERM");
            assertThat(director.awaitExit()).isZero();
        }
    }

    @Test
    void theStopCommandStopsIt() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director =
                DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            assertThat(director.ask("stop").text()).isEqualTo("{\"stopping\":true}");
            assertThat(director.awaitExit()).isZero();
        }
    }

    @Test
    void aSecondStartIsRefusedAndTheFirstRunsOn() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess first = DirectorProcess.start(folder, RING_PORTS).awaitReady();
                DirectorProcess second = DirectorProcess.start(folder, RING_PORTS)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output()).contains("a director is already running: process " + first.pid());
            assertThat(first.ask("status").get("state")).contains(Json.of("running"));
        }
    }

    @Test
    void afterKillItStartsAgainWithTheSameFiles() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess killed = DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            killed.signal("KILL");
            killed.awaitExit();
        }
        assertThat(folder.resolve("director.pid")).exists();
        assertThat(folder.resolve("director.ipc")).exists();
        Files.delete(folder.resolve("director.log"));

        try (DirectorProcess again = DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            assertThat(again.ask("status").get("pid")).contains(Json.of(again.pid()));
        }
    }

    @Test
    void fewerPortsThanDevicesAreRefusedWithTheirNames() throws Exception {
        DirectorFiles.twoArm().withDevice("dpdk4").writeTo(folder);
        try (DirectorProcess director = DirectorProcess.start(folder, RING_PORTS)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("DPDK has 2 ports")
                    .contains("has 3 devices")
                    .contains("port 0: device dpdk0 = net_ring0 (net_ring)")
                    .contains("port 2: device dpdk4 = no port of DPDK")
                    .contains("fix: give one --vdev or -a after -- for every device block");
        }
        assertThat(folder.resolve("director.pid")).doesNotExist();
        assertThat(folder.resolve("director.ipc")).doesNotExist();
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamedWithThoseThatDo() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> arguments = List.of(
                "--no-huge", "--no-pci", "--vdev=net_af_packet0,iface=absent0", "--vdev=net_af_packet1,iface=lo");
        try (DirectorProcess director = DirectorProcess.start(folder, arguments)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("net_af_packet0: there is no network interface absent0")
                    .containsPattern("interfaces here: .*\\blo\\b");
        }
    }

    @Test
    void anUnknownEalArgumentIsNamed() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director = DirectorProcess.start(folder, List.of("--vdve=net_ring0"))) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output()).contains("unknown EAL argument --vdve=net_ring0");
        }
    }

    @Test
    void aCoreThatTheMachineLacksIsReportedWithoutEalsHelp() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> arguments = new ArrayList<>(RING_PORTS);
        arguments.addAll(List.of("-l", "127"));
        try (DirectorProcess director = DirectorProcess.start(folder, arguments)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("EAL: lcore 127 unavailable")
                    .contains("fix: correct -l, -c or --lcores")
                    .doesNotContain("EAL common options");
        }
    }

    @Test
    void anUnknownDriverIsReportedWithDpdksOwnLines() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> arguments = List.of("--no-huge", "--no-pci", "--vdev=net_ring0", "--vdev=net_absent0");
        try (DirectorProcess director = DirectorProcess.start(folder, arguments)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("DPDK's environment did not start")
                    .contains("failed to parse device \"net_absent0\"")
                    .contains("apt-cache search librte-net-");
        }
    }

    @Test
    void tooLittleMemoryForThePacketPoolIsReportedWithTheFix() throws Exception {
        DirectorFiles.twoArm().withPacketBuffers(131071).writeTo(folder);
        List<String> arguments = List.of("--no-huge", "-m", "64", "--no-pci", "--vdev=net_ring0", "--vdev=net_ring1");
        try (DirectorProcess director = DirectorProcess.start(folder, arguments)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .contains("no memory for 131071 packet buffers")
                    .contains("lower pktpool_size in dpvs.conf");
        }
    }

    @Test
    void aConfigurationWithErrorsIsRefusedBeforeDpdkIsTouched() throws Exception {
        DirectorFiles.twoArm()
                .withKeepalived("virtual_srever 1.2.3.4 80 {\n}\n")
                .writeTo(folder);
        try (DirectorProcess director = DirectorProcess.start(folder, RING_PORTS)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .containsPattern("keepalived.conf:\\d+:1: error: .*virtual_srever")
                    .contains("not started: the configuration has errors")
                    .doesNotContain("EAL");
        }
    }

    @Test
    void moreForwardingWorkersThanThereMayBeAreRefused() throws Exception {
        DirectorFiles files = DirectorFiles.twoArm();
        for (int cpu = 2; cpu <= 17; cpu++) {
            files.withWorker("cpu" + cpu);
        }
        files.writeTo(folder);
        try (DirectorProcess director = DirectorProcess.start(folder, RING_PORTS)) {
            assertThat(director.awaitExit()).isEqualTo(1);
            assertThat(director.output())
                    .containsPattern("dpvs.conf:\\d+:\\d+: error: There are 17 workers of type slave");
        }
    }

    @Test
    void anIdleDirectorLeavesTheCpuToOthers() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director =
                        DirectorProcess.start(folder, RING_PORTS).awaitReady();
                ControlConnection watch = director.connect()) {
            // Past the first compilations.
            watch.send("watch 1");
            watch.receive();
            double before = director.cpuSeconds("worker-0");
            long start = System.nanoTime();
            watch.receive();
            watch.receive();
            watch.receive();
            double seconds = (System.nanoTime() - start) / 1e9;
            double share = (director.cpuSeconds("worker-0") - before) / seconds;

            assertThat(share).as("share of a core that the idle worker takes").isLessThan(0.10);
        }
    }

    @Test
    void watchSendsALineForEachInterval() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director =
                        DirectorProcess.start(folder, RING_PORTS).awaitReady();
                ControlConnection connection = director.connect()) {
            connection.send("watch 0.1");
            for (int i = 0; i < 5; i++) {
                Optional<Json> line = connection.receive();
                assertThat(line).isPresent();
                assertThat(line.get().text()).contains("\"state\":\"running\"").contains("\"ports\":[");
            }
        }
    }

    @Test
    void aReloadSwitchesNat64OnAndChangesIt() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        Path dpvs = folder.resolve("dpvs.conf");
        String without = Files.readString(dpvs);
        String block = "nat64_defs {\n prefix 64:ff9b::/96\n pool 203.0.113.0/31\n bindings 64\n"
                + " binding 203.0.113.1:80 {\n host 2001:db8::80\n }\n}\n";
        try (DirectorProcess director =
                DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            Files.writeString(dpvs, without + block);
            assertThat(director.ask("reload").text()).contains("reload: changed are NAT64; they are in force");
            assertThat(director.ask("nat64").text()).contains("2001:db8::80", "203.0.113.1");
            Files.writeString(dpvs, without + block.replace("::80", "::81").replace("bindings 64", "bindings 65"));
            assertThat(director.ask("reload").text())
                    .contains("reload: changed are sizes of NAT64; they take effect after a restart")
                    .contains("reload: changed are NAT64; they are in force");
            assertThat(director.ask("nat64").text()).contains("2001:db8::81").doesNotContain("2001:db8::80");
            Files.writeString(dpvs, without);
            assertThat(director.ask("reload").text()).contains("reload: changed are NAT64; they are in force");
            assertThat(director.ask("nat64").text()).doesNotContain("2001:db8::8");
        }
    }

    @Test
    void hangupReadsTheFilesAgainAndTellsWhatARestartWouldChange() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director =
                DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            Path keepalived = folder.resolve("keepalived.conf");
            Files.writeString(keepalived, Files.readString(keepalived).replace("192.168.229.2 80", "192.168.229.3 80"));
            director.signal("HUP");
            director.await("the reload", () -> director.output().contains("reload: "));

            assertThat(director.output()).contains("reload: changed are services; they are in force");
            assertThat(director.ask("services").text())
                    .contains("192.168.229.3")
                    .doesNotContain("192.168.229.2\"");
            assertThat(director.ask("status").get("state")).contains(Json.of("running"));

            Files.writeString(keepalived, "nonsense {\n");
            assertThat(director.ask("reload").text()).contains("reload refused");
            assertThat(director.ask("status").get("state")).contains(Json.of("running"));
        }
    }

    @Test
    void systemdIsToldWhenPacketsAreTakenAndWhenItStops() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        Path socket = folder.resolve("notify");
        try (NotifySocket systemd = new NotifySocket(socket);
                DirectorProcess director = DirectorProcess.start(
                        folder, List.of(), RING_PORTS, Map.of("NOTIFY_SOCKET", socket.toString()))) {
            assertThat(systemd.receive()).isEqualTo("READY=1\nSTATUS=forwarding on 2 ports, 1 services");
            director.signal("INT");
            assertThat(systemd.receive()).startsWith("STOPPING=1\n");
            assertThat(director.awaitExit()).isZero();
        }
    }

    @Test
    void aChosenCoreBindsTheWorkerToIt() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        List<String> arguments = new ArrayList<>(RING_PORTS);
        arguments.add("--lcores=0@0,1@0");
        try (DirectorProcess director = DirectorProcess.start(folder, arguments).awaitReady()) {
            assertThat(director.output()).contains("worker-0 is bound to CPU {0}");
            assertThat(director.threadStatus("worker-0")).containsPattern("Cpus_allowed_list:\\s+0\n");
        }
    }

    @Test
    void twoDirectorsRunSideBySide(@TempDir Path other) throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        DirectorFiles.twoArm().writeTo(other);
        try (DirectorProcess one = DirectorProcess.start(folder, RING_PORTS);
                DirectorProcess two = DirectorProcess.start(other, RING_PORTS)) {
            assertThat(one.awaitReady().ask("status").get("pid")).contains(Json.of(one.pid()));
            assertThat(two.awaitReady().ask("status").get("pid")).contains(Json.of(two.pid()));
        }
    }

    @Test
    void theControlCommandPrintsTablesAndTellsWhenNobodyAnswers() throws Exception {
        DirectorFiles.twoArm().writeTo(folder);
        try (DirectorProcess director =
                DirectorProcess.start(folder, RING_PORTS).awaitReady()) {
            CommandResult ports = control("ports");
            assertThat(ports.status()).isZero();
            assertThat(ports.output()).containsPattern("name +device").containsPattern("dpdk2 +net_ring1");
            assertThat(control("counters").output()).contains("counters are 0");
            assertThat(control("--json", "status").output()).startsWith("{\"state\":\"running\"");
            CommandResult wrong = control("sttaus");
            assertThat(wrong.status()).isEqualTo(1);
            assertThat(wrong.output()).contains("unknown command \"sttaus\"");
            assertThat(control("stop").status()).isZero();
            assertThat(director.awaitExit()).isZero();
        }
        CommandResult alone = control("status");
        assertThat(alone.status()).isEqualTo(3);
        assertThat(alone.output()).contains("no director answers on " + folder.resolve("director.ipc"));
    }

    private record CommandResult(int status, String output) {}

    private CommandResult control(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(DirectorProcess.tool());
        command.add("io.twoarm.director.control.client.DirectorControl");
        command.addAll(List.of("-x", folder.resolve("director.ipc").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new CommandResult(process.exitValue(), output);
    }

    /** Whether a thread of the lowest priority rehearses; the thread of the start has ended by then. */
    private static boolean rehearses(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", "" + pid, "task"))) {
            return threads.anyMatch(DirectorProcessTest::isLastInLine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLastInLine(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            // proc_pid_stat(5): the nice value is the 17th field behind the name.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return stat.contains("(rehearsal)") && fields[16].equals("19");
        } catch (IOException e) {
            // The thread has ended.
            return false;
        }
    }
}
