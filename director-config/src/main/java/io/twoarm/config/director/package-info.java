/**
 * Both files of a director together: whether they fit each other and what the bundled director can do.
 *
 * <p>In come the two models, out come findings. What one file shows alone is found where that file is read.
 */
package io.twoarm.config.director;
