/**
 * Frames from many places at once, put in order, and joined per connection across the director's translation.
 *
 * <p>Capture streams and session tables come in; ordered frames and joined connections go out. Everything here is bounded:
 * what does not fit is counted and said.
 */
package io.twoarm.diagnose.capture;
