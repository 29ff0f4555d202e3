/**
 * Following VRRP: keepalived finds out which director is master and tells it through a named pipe; here the states are kept,
 * and which addresses the director therefore has. VRRP itself is not spoken here, and nothing here touches a packet.
 */
package io.twoarm.director.redundancy;
