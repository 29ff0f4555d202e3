package io.twoarm.director.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdNotifyTest {
    @TempDir
    Path folder;

    private final List<String> failures = new ArrayList<>();

    @Test
    void systemdHearsOfEveryChange() {
        Path path = folder.resolve("notify");
        try (NotifySocket socket = new NotifySocket(path)) {
            SdNotify systemd = new SdNotify(Optional.of(path.toString()), failures::add);

            systemd.ready("forwarding");
            assertThat(socket.receive()).isEqualTo("READY=1\nSTATUS=forwarding");
            systemd.reloading();
            assertThat(socket.receive()).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
            systemd.stopping("stopping");
            assertThat(socket.receive()).isEqualTo("STOPPING=1\nSTATUS=stopping");
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void withoutSystemdNothingIsSent() {
        new SdNotify(Optional.empty(), failures::add).ready("forwarding");
        new SdNotify(Optional.of(""), failures::add).ready("forwarding");

        assertThat(failures).isEmpty();
    }

    @Test
    void aSocketThatIsGoneIsToldAndTheServiceGoesOn() {
        String path = folder.resolve("absent").toString();
        new SdNotify(Optional.of(path), failures::add).ready("forwarding");

        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst()).contains(path).contains("No such file or directory");
    }
}
