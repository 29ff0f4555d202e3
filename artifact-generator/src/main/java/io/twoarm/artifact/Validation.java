package io.twoarm.artifact;

import java.util.List;

/**
 * A command that judges files before they are put into place.
 *
 * @param command program and arguments; an argument <code>{/absolute/path}</code> stands for the staged copy of that file
 * @param reason what is proven when it exits with 0
 */
public record Validation(List<String> command, String reason) {}
