/**
 * Texts that ship with TwoArm: starter topologies, and templates for files on hosts.
 *
 * <p>Resources and the code that opens them live here. What they mean is known elsewhere.
 */
package io.twoarm.templates;
