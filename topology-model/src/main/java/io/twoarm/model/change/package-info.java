/**
 * Changes of a topology as values: they can be applied, taken back and described in words.
 *
 * <p>What makes changes lives elsewhere: fixes of lint, and views. A change names objects and never fields of files.
 */
package io.twoarm.model.change;
