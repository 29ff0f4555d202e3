package io.twoarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.director.DirectorConfiguration;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken files by the thousand: nothing is thrown, no byte is lost, and what was understood prints and reads back. */
class FuzzTest {
    private static final int ROUNDS = 1500;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "{\n",
            "}\n",
            "\n",
            "\r",
            "\r\n",
            " ",
            "\t",
            "\"",
            "!",
            "#",
            "<",
            ">",
            "<init>",
            "\0",
            "\ufeff",
            "0",
            "-1",
            "99999999999",
            "65536",
            "default",
            "10.0.0.0/8",
            "::1",
            "via",
            "dev",
            "include x",
            "device dpdk0 {\n",
            "port dpdk2 {\n",
            "worker w {\n",
            "bonding bond0 {\n",
            "slave dpdk0\n",
            "type kni\n",
            "virtual_server group g {\n",
            "virtual_server_group g {\n",
            "real_server ::1 80 {\n",
            "TCP_CHECK {\n",
            "vrrp_instance VI {\n",
            "nb_sock_retry 3\n",
            "1.2.3.4-9 dpdk0\n",
            "lb_algo wlc\n",
            "$X=1",
            "@^a b");

    @Test
    void mutatedDpvsFilesAreReadToTheEnd() {
        Random random = new Random(20261121);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutate(Samples.twoArmDpvs(), random);
            DpvsFile file = DpvsFile.parse(text);

            assertThat(file.tree().print()).isEqualTo(text);
            assertPlausible(file.findings(), text);
            String printed = file.conf().print(PrintStyle.BARE);
            assertThat(DpvsFile.parse(printed).conf()).as(text).isEqualTo(file.conf());
        }
    }

    @Test
    void mutatedKeepalivedFilesAreReadToTheEnd() {
        Random random = new Random(20261122);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutate(Samples.twoArmKeepalived(), random);
            KeepalivedFile file = KeepalivedFile.parse(text);

            assertThat(file.tree().print()).isEqualTo(text);
            assertPlausible(file.findings(), text);
            String printed = file.conf().print(PrintStyle.BARE);
            assertThat(KeepalivedFile.parse(printed).conf()).as(text).isEqualTo(file.conf());
            assertThat(DirectorConfiguration.check(
                            DpvsFile.parse(Samples.twoArmDpvs()).conf(), file.conf()))
                    .allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
        }
    }

    private static void assertPlausible(List<ConfigFinding> findings, String text) {
        long lines = text.split("\r\n|\r|\n", -1).length;
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.line()).isBetween(0, (int) lines);
            assertThat(finding.message()).isNotBlank();
            assertThat(finding.fix()).isNotBlank();
        });
    }

    private static String mutate(String sample, Random random) {
        StringBuilder text = new StringBuilder(sample);
        int changes = 1 + random.nextInt(6);
        for (int change = 0; change < changes; change++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> text.setCharAt(from, (char) random.nextInt(256));
                case 3 -> text.insert(from, text.substring(random.nextInt(text.length())));
                default -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
            }
            if (text.isEmpty()) {
                text.append(sample);
            }
        }
        return text.toString();
    }
}
