/** Virtual services and realservers: definitions, lookup, scheduling and their counters. Health is told to this package, not found out here. */
package io.twoarm.director.service;
