/**
 * What the workbench knows and can do: the open project, its drawing as values, selection, problems, deployment, live
 * state and background work.
 *
 * <p>Observable through JavaFX properties, free of the scene graph, and therefore testable without a window. Views come
 * in as listeners only; nothing here may ask a user anything by itself.
 */
package io.twoarm.desktop.viewmodel;
