/**
 * A drawing as lines, areas and texts, and the formats that it is written in. Values and plain functions; nothing here
 * knows JavaFX, topologies or files.
 */
package io.twoarm.desktop.picture;
