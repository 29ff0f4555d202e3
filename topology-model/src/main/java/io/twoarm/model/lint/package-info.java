/**
 * Lint: what is wrong or doubtful in a topology, each rule a small check with an identifier, a severity and a reason.
 *
 * <p>A topology and the places of its objects come in, findings go out. Nothing here reads files, changes a topology or
 * knows what a director's configuration looks like.
 */
package io.twoarm.model.lint;
