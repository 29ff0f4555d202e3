/** The window, used as people use it, and pictures of it. Needs a display. */
package io.twoarm.desktop.ui;
