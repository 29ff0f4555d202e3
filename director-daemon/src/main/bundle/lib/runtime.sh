#!/bin/sh
# Read by the commands of the bundle: the Java runtime that came with it.
# shellcheck disable=SC2154  # home is set by the reader

# Sets "java", or explains why this machine cannot run it and exits. $1: the command's name
require_runtime() {
    java=$home/runtime/bin/java
    if [ ! -x "$java" ] || [ ! -r "$home/runtime/architecture" ]; then
        echo "$1: the bundle is not complete." >&2
        echo "    missing: $java" >&2
        echo "    fix:     unpack twoarm-director.tar.gz again" >&2
        exit 1
    fi
    machine=$(uname -m)
    read -r built_for <"$home/runtime/architecture"
    if [ "$machine" != "$built_for" ]; then
        echo "$1: this bundle does not fit the machine." >&2
        echo "    found:   $machine" >&2
        echo "    needed:  $built_for, which the runtime in $home/runtime is for" >&2
        echo "    fix:     build the bundle on a $machine machine and unpack that one here" >&2
        exit 1
    fi
    # A runtime for glibc fails on a machine with musl as if it did not exist.
    read -r loader <"$home/runtime/loader"
    if [ ! -e "$loader" ]; then
        echo "$1: this bundle needs glibc." >&2
        echo "    missing: $loader" >&2
        echo "    fix:     use a distribution with glibc, such as Debian 12" >&2
        exit 1
    fi
}
