/**
 * How flows are shared among workers: the hash, and which worker it leads to. Pure calculation; it knows addresses, but
 * neither packets nor tables.
 */
package io.twoarm.director.share;
