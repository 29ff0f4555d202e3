/**
 * A design as a picture for documents: the same design always gives the same one.
 *
 * <p>A topology and the places of its nodes come in, an SVG text or the bytes of a PNG go out. The workbench draws by
 * itself and with more; nothing here needs a window, a screen or a running host.
 */
package io.twoarm.engine.drawing;
