/**
 * {@code twoarm} for terminals and CI: the engine's services as commands, with exit statuses that tell the truth.
 *
 * <p>Text goes out here and only here; what is true is decided in the engine.
 */
package io.twoarm.cli;
