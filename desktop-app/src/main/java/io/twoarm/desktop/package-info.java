/**
 * The desktop workbench: the same engine as in a terminal, with a drawing.
 *
 * <p>This package holds only the entry point. State and actions live in {@code viewmodel}, which knows no scene graph;
 * {@code ui} shows them and holds nothing that would be worth a test without a window.
 */
package io.twoarm.desktop;
