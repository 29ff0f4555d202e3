/** Own addresses of the director and how addresses are written. Lookups by address belong here; what is done with a packet to such an address does not. */
package io.twoarm.director.address;
