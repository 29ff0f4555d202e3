/**
 * The daemon's log: lines to standard error, with systemd's priority marks when the journal reads them. Writing happens on
 * a thread of its own, so that no caller waits for a slow reader. No other package writes to standard error.
 */
package io.twoarm.director.log;
