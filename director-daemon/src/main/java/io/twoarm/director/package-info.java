/** {@code twoarm-director}: the dataplane daemon. Start and wiring live here; each part has a package of its own. */
package io.twoarm.director;
