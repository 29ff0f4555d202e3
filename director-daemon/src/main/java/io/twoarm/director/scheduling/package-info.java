/**
 * Which realserver a new flow gets. In come the shares that realservers were given and what they carry at the moment, as
 * places 0 to n - 1; out comes a place. Tables are built when the configuration changes, off the packet path; choosing
 * allocates nothing and belongs to one thread. Addresses, packets and health are not known here.
 */
package io.twoarm.director.scheduling;
