/**
 * Directors as their own files describe them: what is in use already is read here, compared, and made a topology.
 *
 * <p>Texts of {@code dpvs.conf}, {@code keepalived.conf} of any dialect, {@code ipvsadm -S}, scripts with {@code dpip} and
 * command lines of DPDK come in. Nothing here reads or writes files, and nothing is dropped in silence: what has no
 * counterpart is listed with its file and line.
 */
package io.twoarm.artifact.existing;
