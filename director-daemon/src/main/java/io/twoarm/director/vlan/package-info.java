/**
 * VLAN interfaces (IEEE 802.1Q): ports of their own for addresses, routes and neighbours, whose frames pass another port with
 * a tag. Which tag leads where is told here, and tags are written; what becomes of the packets is not decided here.
 */
package io.twoarm.director.vlan;
