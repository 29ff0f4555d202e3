# Sourced by what starts the workbench.
# shellcheck shell=sh

# What the first start has loaded and learned is kept (an AOT cache of the JVM): later ones take half the processor's time.
# It is made in the background after the window has been closed, and again for other jars or another JVM. Without one that
# can be used, the start takes longer; that is no reason to talk.
#   start_workbench JAVA NAME CLASS-PATH [OPTION...] MAIN-CLASS [ARGUMENT...]    NAME tells caches of several programs apart
start_workbench() {
    workbench_java=$1 workbench_name=$2 workbench_class_path=$3
    shift 3
    workbench_folder=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/twoarm
    workbench_cache=$workbench_folder/workbench-$workbench_name-$(fingerprint).aot
    if [ -e "$workbench_cache" ]; then
        exec "$workbench_java" -XX:AOTCache="$workbench_cache" -Xlog:aot=off -Xlog:cds=off \
            -cp "$workbench_class_path" "$@"
    fi
    if ! mkdir -p "$workbench_folder" 2>/dev/null || ! [ -w "$workbench_folder" ]; then
        exec "$workbench_java" -cp "$workbench_class_path" "$@"
    fi
    workbench_new=$workbench_cache.$$
    workbench_status=0
    "$workbench_java" -XX:AOTMode=record -XX:AOTConfiguration="$workbench_new.conf" \
        -XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -Xlog:aot=off -Xlog:cds=off \
        -cp "$workbench_class_path" "$@" || workbench_status=$?
    if [ -s "$workbench_new.conf" ]; then
        make_workbench_cache "$@" </dev/null >/dev/null 2>&1 &
    fi
    exit "$workbench_status"
}

# By what the JVM judges whether a cache fits: its own build, and names, sizes and times of the jars.
fingerprint() (
    jars=$workbench_class_path
    set -f
    IFS=:
    # shellcheck disable=SC2086
    {
        cat "${workbench_java%/bin/java}/release"
        stat -L -c '%n %s %Y' $jars
    } | cksum | cut -d ' ' -f 1
)

make_workbench_cache() {
    trap '' HUP INT
    nice "$workbench_java" -XX:AOTMode=create -XX:AOTConfiguration="$workbench_new.conf" \
        -XX:AOTCache="$workbench_new" -cp "$workbench_class_path" "$@" &&
        mv -f "$workbench_new" "$workbench_cache"
    rm -f "$workbench_new" "$workbench_new.conf"
    # Caches that fit no more, and what a machine that went off in the middle has left.
    find "$workbench_folder" -maxdepth 1 -name "workbench-$workbench_name-*.aot" ! -path "$workbench_cache" -delete
    find "$workbench_folder" -maxdepth 1 -name "workbench-$workbench_name-*.aot.*" -mtime +1 -delete
}
