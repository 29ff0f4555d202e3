/**
 * What the packet path tells the rest of the daemon: named counters and a ring of reports. The worker writes, any other
 * thread reads; nothing here allocates or blocks on the worker's side. What is done about a report is decided elsewhere.
 */
package io.twoarm.director.report;
