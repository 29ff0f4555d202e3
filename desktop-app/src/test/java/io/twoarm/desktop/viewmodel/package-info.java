/** View models without a toolkit. */
package io.twoarm.desktop.viewmodel;
