/** Automatic layout and wiring. */
package io.twoarm.desktop.layout;
