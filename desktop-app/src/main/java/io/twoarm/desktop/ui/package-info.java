/**
 * The windows and views of the workbench, built in code.
 *
 * <p>A view binds to view models when it is attached and unbinds when it is detached. Texts come from the bundle and
 * colours from the style sheets; nothing here reads files, starts threads or talks to hosts.
 */
package io.twoarm.desktop.ui;
