/**
 * The project on disk: a directory with {@code topology.yaml}, which is the truth, and {@code layout.yaml}, which only
 * says where things stand on the drawing.
 *
 * <p>YAML 1.2 comes in, a topology or findings with file, line and column go out, and back. Whether a topology that could
 * be read makes sense is not judged here.
 */
package io.twoarm.model.project;
