/** The arrows between the modules, as tests. No production code lives here. */
package io.twoarm.rules;
