package io.twoarm.artifact.existing;

/**
 * A file that configures a director.
 *
 * @param path as people know it, for messages
 * @param text its content
 */
public record ExistingFile(String path, String text) {}
