/**
 * The drawing: figures, wires, selection, panning, zooming and dragging.
 *
 * <p>Figures are light groups of shapes and texts without controls, so that hundreds of them stay fluid. They show
 * values of the view model and decide nothing but where their parts stand.
 */
package io.twoarm.desktop.ui.canvas;
