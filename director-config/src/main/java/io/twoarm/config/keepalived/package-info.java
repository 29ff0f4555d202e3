/**
 * {@code keepalived.conf} in the dialect of DPVS: its keywords as a table, its typed model, its reader and its printer.
 *
 * <p>In comes the syntax tree or a model, out come the model with findings, or text. The table also holds the keywords
 * that the bundled director refuses or ignores, so that none is passed over in silence; nothing here acts on a value.
 */
package io.twoarm.config.keepalived;
