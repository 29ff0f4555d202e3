/**
 * The hosts of a topology as diagnostics ask them: connections, threads, names for addresses, and tables read from
 * commands' output.
 *
 * <p>Text and JSON of commands come in, records go out. What the answers mean for a service is told elsewhere.
 */
package io.twoarm.diagnose.host;
