/**
 * The configuration of Vyatta and VyOS routers, in braces or as {@code set} commands.
 *
 * <p>In comes text, out come statements with their lines, findings, or text. Which statements a release knows stands in
 * a grammar beside the code; what they do is not known here.
 */
package io.twoarm.config.vyatta;
