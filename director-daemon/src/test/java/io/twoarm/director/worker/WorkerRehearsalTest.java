package io.twoarm.director.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkerRehearsalTest {
    @Test
    @Timeout(60)
    void itEndsByItselfAndLeavesNoDescriptor() throws Exception {
        WorkerRehearsal.run(NativeMemory.ofProcess());
        List<String> before = events();
        WorkerRehearsal.run(NativeMemory.ofProcess());
        assertThat(events()).isEqualTo(before);
    }

    private static List<String> events() throws Exception {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(Files::isSymbolicLink)
                    .map(WorkerRehearsalTest::target)
                    .filter(target -> target.contains("eventfd"))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // The one that listed them is gone.
            return "";
        }
    }
}
