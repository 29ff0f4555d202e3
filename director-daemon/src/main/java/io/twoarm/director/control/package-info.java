/**
 * The control socket: a line of words in, lines of JSON out, one thread per connection and none of them a worker. Commands
 * are objects in a registry, so that another family of commands can be added beside these. A command reads what workers
 * publish or asks a worker through its queue; it never touches a table.
 */
package io.twoarm.director.control;
