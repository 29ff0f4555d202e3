package io.twoarm.artifact;

/**
 * A file to be present on a host, owned by root.
 *
 * @param path absolute path
 * @param mode permission bits, such as {@code 0644}
 * @param content the whole text, UTF-8, lines ended by LF
 * @param reason why the host needs it, one sentence
 */
public record HostFile(String path, int mode, String content, String reason) {}
