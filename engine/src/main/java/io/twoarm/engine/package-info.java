/**
 * The chain as one: project, lint, artifacts, lab or real hosts, deployment, verification, live state.
 *
 * <p>Terminal and window use the same services and differ only in how they show what happens. Nothing here prints or
 * draws.
 */
package io.twoarm.engine;
