# Sourced by what starts the workbench.
# shellcheck shell=sh

# What the first start has loaded and learned is kept (an AOT cache of the JVM): later ones take half the processor's time.
# It is made in the background after the window has been closed, and again when the program is newer. Without one that can
# be used, the start takes longer; that is no reason to talk.
#   start_workbench JAVA NAME CLASS-PATH [OPTION...] MAIN-CLASS [ARGUMENT...]    NAME tells caches of several programs apart
start_workbench() {
    workbench_java=$1 workbench_class_path=$3
    workbench_cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/twoarm/workbench-$2.aot
    shift 3
    if is_newer_than_class_path "$workbench_cache"; then
        exec "$workbench_java" -XX:+UseSerialGC -XX:AOTCache="$workbench_cache" -Xlog:aot=off -Xlog:cds=off \
            -cp "$workbench_class_path" "$@"
    fi
    if ! mkdir -p "${workbench_cache%/*}" 2>/dev/null || ! [ -w "${workbench_cache%/*}" ]; then
        exec "$workbench_java" -XX:+UseSerialGC -cp "$workbench_class_path" "$@"
    fi
    workbench_new=$workbench_cache.$$
    workbench_status=0
    "$workbench_java" -XX:+UseSerialGC -XX:AOTMode=record -XX:AOTConfiguration="$workbench_new.conf" \
        -XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -Xlog:aot=off -Xlog:cds=off \
        -cp "$workbench_class_path" "$@" || workbench_status=$?
    if [ -s "$workbench_new.conf" ]; then
        make_workbench_cache "$@" </dev/null >/dev/null 2>&1 &
    fi
    exit "$workbench_status"
}

make_workbench_cache() {
    trap '' HUP INT
    nice "$workbench_java" -XX:+UseSerialGC -XX:AOTMode=create -XX:AOTConfiguration="$workbench_new.conf" \
        -XX:AOTCache="$workbench_new" -cp "$workbench_class_path" "$@" &&
        mv -f "$workbench_new" "$workbench_cache"
    rm -f "$workbench_new" "$workbench_new.conf"
}

# $1: a file. Whether it is there, and no jar has come since.
is_newer_than_class_path() (
    [ -e "$1" ] || exit 1
    IFS=:
    for jar in $workbench_class_path; do
        if [ "$jar" -nt "$1" ]; then exit 1; fi
    done
)
