/**
 * Where figures stand: automatic layout and the file that keeps positions.
 *
 * <p>Knows boxes, connections and points, and neither JavaFX nor what a topology means. Everything here may run on any
 * thread.
 */
package io.twoarm.desktop.layout;
