/** Routes and the choice of the next hop: longest prefix first. Tables are built beside the packet path and taken over whole; what lies behind the next hop is the business of {@code neighbour}. */
package io.twoarm.director.route;
