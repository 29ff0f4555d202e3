/** What the drawing does with figures, without a display. */
package io.twoarm.desktop.ui.canvas;
