/**
 * Where passphrases and passwords are kept between runs: the desktop's keyring, or an encrypted file.
 *
 * <p>They come in from a person who stores them, and go out to connections that need them. They never get into a project, a
 * log, a process list or an exception's text.
 */
package io.twoarm.deploy.secret;
