package io.twoarm.deploy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A file on its way to a directory on a host, see {@code stage.sh}. */
record StagedFile(String path, int mode, byte[] content) {

    static StagedFile of(String path, String text) {
        return new StagedFile(path, 0600, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends files below a directory that is made anew, all or none, in one round trip. What else lies beside the directory
     * goes away.
     *
     * @throws DeployException with {@link DeployFailure.FileUnwritable}
     */
    static void send(SshConnection connection, String directory, List<StagedFile> files) {
        List<InputStream> parts = files.stream().flatMap(StagedFile::parts).toList();
        CommandResult result = connection.run(RemoteScript.STAGE
                .command(directory)
                .withInput(() -> new SequenceInputStream(Collections.enumeration(parts))));
        if (!result.succeeded()) {
            String cause = result.stderr().isBlank()
                    ? result.ending()
                    : result.stderr().strip();
            throw new DeployException(
                    new DeployFailure.FileUnwritable(connection.target().host(), directory, cause));
        }
    }

    Stream<InputStream> parts() {
        String head = "%s %d %s %s\n"
                .formatted(
                        Integer.toOctalString(mode),
                        content.length,
                        Digest.of(content).hex(),
                        path);
        return Stream.of(
                new ByteArrayInputStream(head.getBytes(StandardCharsets.UTF_8)), new ByteArrayInputStream(content));
    }
}
