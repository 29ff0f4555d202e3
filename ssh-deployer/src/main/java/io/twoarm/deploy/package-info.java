/**
 * From host artifacts to running hosts, over SSH: facts, staging, validation, putting into place, services, verification.
 *
 * <p>It knows files, units and commands; what a topology means stays outside.
 */
package io.twoarm.deploy;
