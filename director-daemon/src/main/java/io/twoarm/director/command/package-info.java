/**
 * {@code ipvsadm} and {@code dpip} as the daemon answers them: words in, text and exit status out, in the syntax and the
 * tables of DPVS 1.10. What they change goes through {@link io.twoarm.director.control.DirectorView.Running#change}, so that
 * it is one state with what the files say. Sockets and terminals are not known here.
 */
package io.twoarm.director.command;
