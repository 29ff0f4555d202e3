# Sourced by the project's scripts: where things are, and the JDK that builds and runs them.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    printf 'twoarm: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '        %s\n' "$line" >&2; done
    exit 1
}

# The major version that the "release" file of a JDK states, such as 25.
jdk_version() {
    [ -r "$1/release" ] && [ -x "$1/bin/javac" ] || return 1
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Sets and exports JAVA_HOME to a JDK 25: the one already named, or the first found where Debian puts them.
require_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/*; do
        if [ -n "$candidate" ] && [ "$(jdk_version "$candidate")" = 25 ]; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    fail "no JDK 25 found." \
        "found:   $(command -v java >/dev/null && java -version 2>&1 | head -n 1 || echo 'no java at all')" \
        "needed:  a JDK (not only a runtime) of version 25" \
        "fix:     install one below /usr/lib/jvm, for example Eclipse Temurin 25 (package temurin-25-jdk)," \
        "         or set JAVA_HOME to it, and run the same command again"
}

require_maven() {
    command -v mvn >/dev/null || fail "Maven is missing." "fix:     sudo apt-get install maven"
    # Maven itself only starts others here; this spares compiler and collector threads on small machines.
    export MAVEN_OPTS=${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}
}

# Of the window and of commands. The second compiler takes the processor from the start, and from large drawings while they
# are opened.
# shellcheck disable=SC2034
program_options=(
    -XX:+UseSerialGC
    -XX:TieredStopAtLevel=1
    --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow
)

# The command line, as java's arguments, and the cache that tools/build makes of its first start.
# shellcheck disable=SC2034
command_line=(-cp "$root/command-line/target/app/*" io.twoarm.cli.TwoArm)
# shellcheck disable=SC2034
command_cache=$root/command-line/target/twoarm.aot
