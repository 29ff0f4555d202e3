/**
 * A design while it is edited: what its objects are called, every change as a value that can be applied, inverted and
 * described, and the history of such changes. Edits are plain functions from one design to the next; they know neither
 * JavaFX nor files. No texts live here either: an edit is named by the key of its text.
 */
package io.twoarm.desktop.design;
