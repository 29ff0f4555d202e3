package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.templates.StarterTopologies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that work on a design without any host. */
class DesignCommandsTest {
    @TempDir
    private Path directory;

    private Path project(String starter, String... findAndReplace) throws Exception {
        String text = StarterTopologies.named(starter).orElseThrow().topology();
        for (int i = 0; i < findAndReplace.length; i += 2) {
            assertThat(text).contains(findAndReplace[i]);
            text = text.replace(findAndReplace[i], findAndReplace[i + 1]);
        }
        Path project = Files.createDirectory(directory.resolve("project-" + starter));
        Files.writeString(project.resolve("topology.yaml"), text);
        return project;
    }

    private static CommandRun.Result twoarm(Object... arguments) throws Exception {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return CommandRun.run(texts);
    }

    @Test
    void recipesAreListedPrintedAndWrittenWithTheProjectsNames() throws Exception {
        Path project = project("keepalived-pair");

        assertThat(twoarm("recipe").output()).contains("toa-module", "switch", "nginx");
        assertThat(twoarm("recipe", "switch", project, "--host", "lb1").output())
                .contains("lb1's bond bond1", "channel-group N mode active");
        CommandRun.Result written = twoarm("recipe", "ifcfg", project, "--out", directory.resolve("recipes"));
        assertThat(written.status()).isZero();
        assertThat(directory.resolve("recipes/lb1/ifcfg-bond2.kni")).content().contains("IPADDR0=10.0.96.");
        CommandRun.Result none = twoarm("recipe", "switch", project("two-arm-fullnat"));
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.output()).contains("concerns no host here");
        assertThat(twoarm("recipe", "soup", project).output())
                .contains("there is no recipe \"soup\"", "allowed: toa-module");
    }

    @Test
    void walkShowsTheWayThereAndBack() throws Exception {
        CommandRun.Result result =
                twoarm("walk", project("two-arm-fullnat"), "--from", "client", "--service", "10.0.96.204:80");

        assertThat(result.output())
                .contains(
                        "client to 10.0.96.204:80/tcp (service web)",
                        "becomes 192.168.229.204:1025 -> 192.168.229.1:80, ttl 63, 8 bytes name the client",
                        "  answered");
        assertThat(result.status()).isZero();
    }

    @Test
    void walkSaysWhereAFlowEndsAndWhichFindingSaysSo() throws Exception {
        Path project = project("two-arm-fullnat", "      - { to: default, via: 172.16.0.254 }\n", "      []\n");

        CommandRun.Result text = twoarm("walk", project);
        assertThat(text.output()).contains("blocked (no-route)", "topology.yaml:", "[client-cannot-reach-vip]");
        assertThat(text.status()).isEqualTo(1);

        CommandRun.Result json = twoarm("walk", project, "--json");
        assertThat(json.output())
                .startsWith("[{")
                .contains("\"fault\": \"no-route\"")
                .doesNotContain("Optional");
        assertThat(json.status()).isEqualTo(1);
    }

    @Test
    void walkLeadsToTheHostBehindANatGatewayThatIsNamed() throws Exception {
        Path open = project("snat-mapped-ports", "endpointIndependent: address", "endpointIndependent: endpoint");

        CommandRun.Result result =
                twoarm("walk", open, "--from", "friend", "--service", "203.0.113.10:5000", "--realserver", "pc2");
        assertThat(result.output()).contains("203.0.113.10:5000", "192.168.229.12:5000", "  answered");
        assertThat(result.status()).isZero();

        assertThat(twoarm("walk", open, "--realserver", "friend").output())
                .contains("there is no realserver called friend", "allowed: ", "pc1, pc2");
    }

    @Test
    void walkSaysWhatIsWrongWithItsOptions() throws Exception {
        Path project = project("two-arm-fullnat");

        assertThat(twoarm("walk", project, "--from", "nobody").output())
                .contains("there is no host called nobody", "client");
        assertThat(twoarm("walk", project, "--service", "10.0.96.204").output())
                .contains("no address and port", "fix:");
        assertThat(twoarm("walk", project, "--service", "10.0.96.204:99999").output())
                .contains("1 to 65535");
    }

    @Test
    void whatGenerateWroteIsImportedAndMeansTheSame() throws Exception {
        Path project = project("keepalived-pair");
        Path out = directory.resolve("out");
        assertThat(twoarm("generate", project, "--out", out).status()).isZero();
        assertThat(twoarm("diff", project, "--against", out).output()).isEmpty();

        Path imported = directory.resolve("imported");
        CommandRun.Result result = twoarm("import", out.resolve("lb1"), out.resolve("lb2"), "--out", imported);
        assertThat(result.output()).contains("4 services, 2 realservers");
        assertThat(twoarm("lint", imported).output()).contains("0 errors");
    }

    @Test
    void diffNamesObjectsAndValuesAndNotLines() throws Exception {
        Path project = project("two-arm-fullnat");
        Path out = directory.resolve("out");
        assertThat(twoarm("generate", project, "--out", out).status()).isZero();
        Path conf = out.resolve("director/etc/twoarm/keepalived.conf");
        Files.writeString(conf, Files.readString(conf).replaceFirst("lb_algo +rr", "lb_algo wlc") + "\n! a remark\n");

        CommandRun.Result files = twoarm("diff", project, "--against", out);
        assertThat(files.output()).isEqualTo("host director: service 10.0.96.204:80/tcp: scheduler wlc → rr\n");
        assertThat(files.status()).isEqualTo(1);

        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(
                other.resolve("topology.yaml"),
                Files.readString(project.resolve("topology.yaml"))
                        .replace("scheduler: rr", "scheduler: wlc")
                        .replace("port: 80, weight: 1 }", "port: 80, weight: 3 }"));
        assertThat(twoarm("diff", project, other).output().lines())
                .containsExactly(
                        "realserver pool web: member rs1 192.168.229.1 80 weight 1 → weight 3",
                        "realserver pool web: member rs2 192.168.229.2 80 weight 1 → weight 3",
                        "service web: scheduler rr → wlc");
        assertThat(twoarm("diff", project, project).status()).isZero();
    }

    @Test
    void importSaysWhatItCannotMap() throws Exception {
        Path rules = Files.writeString(directory.resolve("rules"), """
                -A -t 192.0.2.10:80 -s rr -p 300
                -a -t 192.0.2.10:80 -r 10.0.0.1:80 -m
                """);

        CommandRun.Result result = twoarm("import", rules, "--out", directory.resolve("lvs"));
        assertThat(result.output()).contains(rules + ":1: ", "persistence has no counterpart");
        assertThat(result.status()).isZero();
        assertThat(twoarm("import", rules, "--out", directory.resolve("lvs")).output())
                .contains("is not empty");
    }

    @Test
    void explainNamesTheCauseOfALineAndTheLinesOfAnObject() throws Exception {
        Path project = project("two-arm-fullnat");
        Path out = directory.resolve("out");
        assertThat(twoarm("generate", project, "--out", out).status()).isZero();
        Path conf = out.resolve("director/etc/twoarm/keepalived.conf");
        int line = Files.readAllLines(conf).indexOf("    lb_algo             rr") + 1;

        CommandRun.Result why = twoarm("explain", conf + ":" + line, project);
        assertThat(why.output())
                .contains(
                        "director /etc/twoarm/keepalived.conf:" + line, "follows from virtualServices.web.scheduler:");
        CommandRun.Result lines = twoarm("explain", "--object", "virtualServices.web.scheduler", project);
        assertThat(lines.output())
                .isEqualTo("director/etc/twoarm/keepalived.conf:" + line + ": lb_algo             rr\n");
        assertThat(twoarm("explain", "nowhere:1", project).output()).contains("no host of the project has", "fix:");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        CommandRun.Result script = twoarm("completion", "bash");
        Path file = Files.writeString(directory.resolve("completion"), script.output());
        // Outside of a completion bash refuses compopt, which only sorts the answers.
        String asked =
                "compopt() { :; }; source %s; COMP_WORDS=(twoarm wa); COMP_CWORD=1; _complete_twoarm; echo ${COMPREPLY[@]};"
                        + " COMP_WORDS=(twoarm walk --js); COMP_CWORD=2; _complete_twoarm; echo ${COMPREPLY[@]}";
        Process bash = new ProcessBuilder("/bin/bash", "-c", asked.formatted(file))
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answer.lines()).containsExactly("walk", "--json");
        assertThat(bash.waitFor()).isZero();
        assertThat(twoarm("completion", "zsh").output()).startsWith("autoload");
    }

    @Test
    void morphMakesAPairAndSaysWhatItDid() throws Exception {
        Path project = project("two-arm-fullnat");
        String before = Files.readString(project.resolve("topology.yaml"));

        assertThat(twoarm("morph", project, "--to", "ha-pair", "--dry-run").output())
                .contains("director-2 stands beside");
        assertThat(project.resolve("topology.yaml")).hasContent(before);
        assertThat(twoarm("morph", project, "--to", "ha-pair").status()).isZero();
        assertThat(twoarm("lint", project).output()).contains("0 errors");
        assertThat(twoarm("morph", project, "--to", "ha-pair").output()).contains("no director that stands alone");
        assertThat(twoarm("morph", project, "--to", "cloud").output()).contains("allowed: ha-pair");
    }

    @Test
    void capacitySaysWhatAWishNeeds() throws Exception {
        Path project = project("two-arm-fullnat");

        CommandRun.Result wish = twoarm("capacity", project, "--rate", "20000", "--lifetime", "50", "--addresses");
        assertThat(wish.output())
                .contains(
                        "director carries 129022 sessions",
                        "1000000 need 8 addresses",
                        "hugepages of 2 MiB",
                        "worker 0  core 1  queue 0",
                        "lan 192.168.229.0/24: 251 free, next 192.168.229.3");
        assertThat(wish.status()).isEqualTo(1);
        assertThat(twoarm("capacity", project).status()).isZero();
        assertThat(twoarm("capacity", project, "--rate", "5").output()).contains("--lifetime");
    }

    @Test
    void renderWritesPicturesThatAreTheSameEveryTime() throws Exception {
        Path project = project("keepalived-pair");
        Path svg = directory.resolve("pair.svg");
        Path png = directory.resolve("pair.png");

        assertThat(twoarm("render", project, "--svg", svg, "--png", png).status())
                .isZero();
        String first = Files.readString(svg);
        assertThat(first).contains("<title>keepalived pair", ">lb2<", "10.0.96.201:80");
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(twoarm("render", project, "--svg", svg).status()).isZero();
        assertThat(svg).hasContent(first);
        assertThat(twoarm("render", project).output()).contains("--svg FILE");
    }
}
