/**
 * Morphs: one kind of design made of another one, such as a pair of a single director.
 *
 * <p>A topology comes in; another one goes out with the steps in words, or a sentence that says why it cannot be. Nothing
 * here reads or writes files, and nothing is changed in place: the former topology is there to go back to.
 */
package io.twoarm.model.morph;
