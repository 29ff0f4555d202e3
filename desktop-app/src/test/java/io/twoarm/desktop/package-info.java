/** Fixtures that tests of all packages use. */
package io.twoarm.desktop;
