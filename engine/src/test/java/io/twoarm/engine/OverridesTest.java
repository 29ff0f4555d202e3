package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
    private static final String PATH = "/etc/twoarm/keepalived.conf";

    @TempDir
    private Path directory;

    private TwoArmEngine engine;
    private OpenProject project;

    @BeforeEach
    void create() {
        engine = new TwoArmEngine(directory.resolve("no-bundle.tar.gz"));
        project = engine.create("two-arm-fullnat", directory.resolve("lab"));
    }

    @Test
    void aChangeByHandStaysWhenTheDesignGoesOn() throws IOException {
        HostFile generated = file(engine.generate(project));
        assertThat(generated.content()).contains("lb_algo");
        String wanted =
                generated.content().replaceFirst("(?m)^(\\s*)lb_algo", "$1# chosen with the application team\n$0");
        new Overrides(project.directory()).keep("director", generated, wanted);
        assertThat(file(engine.generate(project)).content()).isEqualTo(wanted);
        assertThat(file(engine.generate(project)).reason())
                .endsWith("Changed by hand in overrides/director/etc/twoarm/keepalived.conf.patch.");

        Path topology = project.directory().resolve("topology.yaml");
        Files.writeString(topology, Files.readString(topology).replace("weight: 1", "weight: 7"));
        String changed = file(engine.generate(engine.open(project.directory()))).content();

        assertThat(changed).contains("# chosen with the application team").containsPattern("weight +7");
    }

    @Test
    void theGeneratedTextTakesTheChangeBack() throws IOException {
        HostFile generated = file(engine.generate(project));
        Overrides overrides = new Overrides(project.directory());
        overrides.keep("director", generated, generated.content() + "# more\n");
        assertThat(overrides.has("director", PATH)).isTrue();

        overrides.keep("director", generated, generated.content());

        assertThat(overrides.has("director", PATH)).isFalse();
        assertThat(file(engine.generate(project))).isEqualTo(generated);
    }

    @Test
    void aChangeThatFitsNowhereIsNotDroppedInSilence() throws IOException {
        Path patch = new Overrides(project.directory()).patchOf("director", PATH);
        Files.createDirectories(patch.getParent());
        Files.writeString(patch, """
                --- generated/etc/twoarm/keepalived.conf
                +++ wanted/etc/twoarm/keepalived.conf
                @@ -1,3 +1,3 @@
                 no such line
                -nor this one
                +but this one
                 nor that
                """);

        assertThatThrownBy(() -> engine.generate(project))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("keepalived.conf.patch:3 no longer fits")
                .hasMessageContaining("fix:");

        Overrides.Attempt attempt = engine.attempt(project);
        assertThat(file(attempt.hosts()).content()).contains("lb_algo");
        assertThat(attempt.misfits()).singleElement().satisfies(misfit -> {
            assertThat(misfit.host()).isEqualTo("director");
            assertThat(misfit.path()).isEqualTo(PATH);
        });
    }

    @Test
    void aChangeWhoseHostHasAnotherNameNowIsNotDroppedInSilence() throws IOException {
        HostFile generated = file(engine.generate(project));
        Overrides overrides = new Overrides(project.directory());
        overrides.keep("director", generated, generated.content() + "# more\n");
        Path moved = overrides.patchOf("lb1", PATH);
        Files.createDirectories(moved.getParent());
        Files.move(overrides.patchOf("director", PATH), moved);

        assertThatThrownBy(() -> engine.generate(project))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(moved + " belongs to no file that the design generates")
                .hasMessageContaining("fix:     move it");
        assertThat(engine.attempt(project).misfits())
                .extracting(Overrides.Misfit::host, Overrides.Misfit::path)
                .containsExactly(tuple("lb1", PATH));
    }

    private static HostFile file(List<HostArtifacts> hosts) {
        return hosts.stream()
                .filter(host -> host.host().equals("director"))
                .flatMap(host -> host.files().stream())
                .filter(file -> file.path().equals(PATH))
                .findFirst()
                .orElseThrow();
    }
}
