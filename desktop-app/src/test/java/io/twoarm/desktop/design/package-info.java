/** Edits as values. */
package io.twoarm.desktop.design;
