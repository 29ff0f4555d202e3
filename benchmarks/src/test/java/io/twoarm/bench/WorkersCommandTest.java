package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.share.WorkerShare;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersCommandTest {
    private static final Traffic TRAFFIC =
            new Traffic(Mode.FULLNAT44, Traffic.Protocol.TCP, 1_000, Traffic.Order.RANDOM, 60);

    @TempDir
    private Path folder;

    @Test
    void capturesOfAllWorkersTogetherHaveEveryPacketOnce() throws Exception {
        CaptureWriter.write(TRAFFIC, folder.resolve("all"));
        long parts = 0;
        for (int worker = 0; worker < 2; worker++) {
            WorkerShare share = new WorkerShare(worker, 2);
            Path part = folder.resolve("part" + worker);
            CaptureWriter.write(TRAFFIC, flow -> WorkersCommand.owner(share, flow) == share.worker(), part);
            assertThat(Files.size(part)).isGreaterThan(Files.size(folder.resolve("all")) / 3);
            parts += Files.size(part);
        }
        // The header and the neighbours' answers are in each of them.
        long neighbours = 24 + (1 + Wire.REALSERVERS) * (16 + 60L);
        assertThat(parts).isEqualTo(Files.size(folder.resolve("all")) + neighbours);
    }

    @Test
    void everyWorkerHasAQueueAndACoreOfItsOwn() {
        Source source = Source.captures(List.of(folder.resolve("a"), folder.resolve("b")), TRAFFIC);
        assertThat(source.ealArguments()).contains("--lcores=0@0,1@0,2@1");
        assertThat(source.ealArguments().getLast()).contains("rx_pcap=" + folder.resolve("a") + ",rx_pcap=");
        String conf = new DirectorConfiguration(Mode.FULLNAT44, Traffic.Protocol.TCP, false, false).dpvsConf(source);
        assertThat(conf).contains("queue_number 2", "cpu_id 1", "cpu_id 2", "rx_queue_ids 0", "rx_queue_ids 1");
    }
}
