package io.twoarm.director.configuration;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Origin;
import io.twoarm.config.director.DirectorConfiguration;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.config.keepalived.KeepalivedFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Both files, read and checked.
 *
 * @param findings everything wrong or doubtful, {@code dpvs.conf} first
 */
public record LoadedConfiguration(
        Path dpvsPath, Path keepalivedPath, DpvsConf dpvs, KeepalivedConf keepalived, List<ConfigFinding> findings) {

    public LoadedConfiguration {
        findings = List.copyOf(findings);
    }

    /**
     * Reads and checks both files.
     *
     * @throws UnreadableFileException when one is missing, not readable or not UTF-8
     */
    public static LoadedConfiguration read(Path dpvsPath, Path keepalivedPath) throws UnreadableFileException {
        DpvsFile dpvs = DpvsFile.parse(text(dpvsPath));
        KeepalivedFile keepalived = KeepalivedFile.parse(text(keepalivedPath));
        List<ConfigFinding> findings = new ArrayList<>(dpvs.findings());
        findings.addAll(checkSize(dpvs.conf()));
        findings.addAll(keepalived.findings());
        findings.addAll(DirectorConfiguration.check(dpvs.conf(), keepalived.conf()));
        return new LoadedConfiguration(dpvsPath, keepalivedPath, dpvs.conf(), keepalived.conf(), findings);
    }

    public boolean hasErrors() {
        return ConfigFinding.anyError(findings);
    }

    /** One line per finding, in the form of compilers. */
    public List<String> rendered() {
        return findings.stream()
                .map(finding -> finding.render(finding.file() == ConfigFile.DPVS ? dpvsPath : keepalivedPath))
                .toList();
    }

    private static List<ConfigFinding> checkSize(DpvsConf conf) {
        if (conf.connPoolSize() <= DataplaneTables.MOST_SESSIONS) {
            return List.of();
        }
        return List.of(ConfigFinding.warning(
                "conn-pool-size",
                ConfigFile.DPVS,
                Origin.NONE,
                "conn_pool_size",
                "conn_pool_size is " + conf.connPoolSize() + "; this director holds at most "
                        + DataplaneTables.MOST_SESSIONS + " sessions.",
                "Lower it."));
    }

    private static String text(Path path) throws UnreadableFileException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException(path, "there is no such file");
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException(path, "it is not UTF-8 text");
        } catch (IOException e) {
            throw new UnreadableFileException(path, e.getMessage());
        }
    }
}
