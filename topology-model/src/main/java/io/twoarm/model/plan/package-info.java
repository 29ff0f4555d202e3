/**
 * Plans: how many sessions, local addresses, workers and bytes of memory a design needs, and which addresses it uses.
 *
 * <p>Wishes and topologies come in, numbers and addresses with their reasons go out. Nothing here changes a topology.
 */
package io.twoarm.model.plan;
