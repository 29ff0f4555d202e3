/**
 * The way out: packets are gathered per port and handed over in bursts, and each is counted when its fate is known. A
 * packet comes here with its Ethernet header written; which port and which header is decided before. Buffers are taken
 * and given back here and nowhere else.
 */
package io.twoarm.director.emit;
