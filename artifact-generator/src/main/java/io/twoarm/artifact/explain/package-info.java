/**
 * Why a line of a generated file is there: which values, names and objects of the design it follows from.
 *
 * <p>A topology comes in; for every file of a host, lines with their causes go out, and for every object its lines. What
 * follows from an object is found by generating again without it or with it changed, so that nothing has to be written
 * down by hand and every generator is covered. Nothing here reads or writes files.
 */
package io.twoarm.artifact.explain;
