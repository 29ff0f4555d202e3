/**
 * {@code dpvs.conf}: its keywords as a table, its typed model, its reader and its printer.
 *
 * <p>In comes the syntax tree or a model, out come the model with findings, or text. The table holds every keyword of
 * DPVS 1.10, with its place, values, default, and what the bundled director makes of it; nothing here acts on a value.
 */
package io.twoarm.config.dpvs;
