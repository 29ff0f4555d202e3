package io.twoarm.config.dpvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFinding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerRulesTest {
    private final List<Device> devices = new ArrayList<>(List.of(device("dpdk0"), device("dpdk1")));
    private final List<Bonding> bondings = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();

    @Test
    void twoWorkersWithOneQueueEachOnEveryPortAreRight() {
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));
        workers.add(slave(2, queues("dpdk0", 1, 1), queues("dpdk1", 1, 1)));

        assertThat(rules()).isEmpty();
    }

    @Test
    void aReceiveQueueOfTwoWorkersIsCode2() {
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));
        workers.add(slave(2, queues("dpdk0", 0, 1), queues("dpdk1", 1, 1)));

        assertThat(rules()).containsExactly("worker-code-2");
    }

    @Test
    void aTransmitQueueOfTwoWorkersIsCode3() {
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));
        workers.add(slave(2, queues("dpdk0", 1, 0), queues("dpdk1", 1, 1)));

        assertThat(rules()).containsExactly("worker-code-3");
    }

    @Test
    void queuesWithAGapAreCode4() {
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 1, 0), queues("dpdk1", 0, 0))));

        assertThat(rules()).containsExactly("worker-code-4");
    }

    @Test
    void aPortThatIsNoDeviceIsCode5() {
        workers.addAll(
                List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0), queues("dpdk7", 0, 0))));

        assertThat(rules()).containsExactly("worker-code-5");
    }

    @Test
    void aWorkerThatLacksAPortIsCode6() {
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));
        workers.add(slave(2, queues("dpdk0", 1, 1)));

        assertThat(rules()).containsExactly("worker-code-6");
    }

    @Test
    void aPortWithoutATransmitQueueIsCode6() {
        Settings receiveOnly = Settings.EMPTY.with(WorkerKeywords.RX_QUEUE_IDS, List.of(0));
        workers.addAll(
                List.of(master(0), slave(1, queues("dpdk0", 0, 0), new Worker.PortQueues("dpdk1", receiveOnly))));

        assertThat(rules()).containsExactly("worker-code-6");
    }

    @Test
    void noForwardingWorkerIsCode7() {
        workers.add(master(0));

        assertThat(rules()).containsExactly("worker-code-7");
    }

    @Test
    void twoWorkersOnOneCoreAreAnError() {
        workers.addAll(List.of(master(0), slave(0, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));

        assertThat(rules()).contains("shared-cpu");
    }

    @Test
    void twoMastersAreAnError() {
        workers.addAll(List.of(master(0), master(2), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));

        assertThat(rules()).containsExactly("one-master");
    }

    @Test
    void aDeviceThatNoWorkerServesIsAnError() {
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 0, 0))));

        assertThat(rules()).containsExactly("unserved-device");
    }

    @Test
    void aMemberOfABondingCannotBeServedByItself() {
        bondings.add(new Bonding("bond0", List.of("dpdk1"), Settings.EMPTY));
        workers.addAll(
                List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0), queues("bond0", 0, 0))));

        assertThat(rules()).contains("bonding-member-served");
    }

    @Test
    void aQueueNumberThatTheWorkersContradictIsDoubtful() {
        devices.set(0, new Device("dpdk0", Settings.EMPTY.with(NetifKeywords.RX_QUEUE_NUMBER, 2)));
        workers.addAll(List.of(master(0), slave(1, queues("dpdk0", 0, 0), queues("dpdk1", 0, 0))));

        assertThat(WorkerRules.check(conf())).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("queue-number");
            assertThat(finding.isError()).isFalse();
            assertThat(finding.fix()).isEqualTo("Write queue_number 1.");
        });
    }

    @Test
    void aBondingIsJudgedAsDpvsWould() {
        bondings.add(
                new Bonding("bondwan", List.of("dpdk0", "dpdk9"), Settings.EMPTY.with(NetifKeywords.BONDING_MODE, 6)));

        assertThat(BondingRules.check(conf()))
                .extracting(ConfigFinding::rule)
                .containsExactly("bonding-name", "bonding-mode", "bonding-members");
    }

    private List<String> rules() {
        return WorkerRules.check(conf()).stream().map(ConfigFinding::rule).toList();
    }

    private DpvsConf conf() {
        return new DpvsConf(Settings.EMPTY, devices, bondings, workers);
    }

    private static Device device(String name) {
        return new Device(name, Settings.EMPTY);
    }

    private static Worker master(int core) {
        return worker(core, "master", List.of());
    }

    private static Worker slave(int core, Worker.PortQueues... ports) {
        return worker(core, "slave", List.of(ports));
    }

    private static Worker worker(int core, String type, List<Worker.PortQueues> ports) {
        Settings settings =
                Settings.EMPTY.with(WorkerKeywords.WORKER_TYPE, type).with(WorkerKeywords.CPU_ID, core);
        return new Worker(type + core, settings, ports);
    }

    private static Worker.PortQueues queues(String device, int receive, int transmit) {
        return new Worker.PortQueues(
                device,
                Settings.EMPTY
                        .with(WorkerKeywords.RX_QUEUE_IDS, List.of(receive))
                        .with(WorkerKeywords.TX_QUEUE_IDS, List.of(transmit)));
    }
}
