package io.twoarm.director.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeThreadTest {
    @Test
    void aThreadThatLetsOthersGoFirstChangesItselfOnly() throws Exception {
        int before = NativeThread.nice();
        CompletableFuture<Integer> after = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            NativeThread.setNice(Math.min(before + 3, 19));
            after.complete(NativeThread.nice());
        });

        assertThat(after.get(1, TimeUnit.MINUTES)).isEqualTo(Math.min(before + 3, 19));
        assertThat(NativeThread.nice()).isEqualTo(before);
    }
}
