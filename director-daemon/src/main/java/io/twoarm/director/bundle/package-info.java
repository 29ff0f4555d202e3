/**
 * Makes the archive that is deployed: launchers, jars and a Java runtime of the modules that the director needs. Runs in
 * the build only and is not in the daemon's jar. Equal input gives equal bytes.
 */
package io.twoarm.director.bundle;
