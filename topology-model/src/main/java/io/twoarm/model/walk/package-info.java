/**
 * The packet walk: the way that a flow's packets are predicted to take through a topology, there and back.
 *
 * <p>A topology and a flow come in; hops and an outcome go out, as values that can be printed, drawn and compared with
 * what a capture shows. Nothing here changes a topology, asks a host or judges a design: what is wrong with it is said by
 * lint, whose findings an outcome names.
 */
package io.twoarm.model.walk;
