# One change of a host, all or nothing. Lies in its journal directory beside:
#   plan       what to do, one step per line, fields separated by tabs:
#                put PATH MODE | remove PATH | bundle DIGEST-or-none | daemon-reload units
#                stop UNIT | enable UNIT | start UNIT | restart UNIT | reload-or-restart UNIT | running UNIT
#   backup/    what was there before: files, absent, directories, units, bundle
#   log, doing, reason, output     for people
#   design     everything that the host is to have, for a later rollback
#   confirm    seconds within which the change must be confirmed
#   waiting    is there when the change is made and not confirmed yet
#   result     committed, restored or broken; as long as it is missing the change is under way
# apply:    do it; if anything fails or no confirmation comes in time, put everything back.
# confirm:  let a change that waits stay. Prints the result.
# ended:    put everything back if apply ended without a result.
# recover:  put everything back unless that is done or everything went well. Waits for an apply that still runs, and
#           tries once more what could not be put back.
# retry:    the same with growing pauses, as long as something could not be put back.
# boot:     the same as recover while the host starts, before anything else of the change runs.
# rollback: put everything back after it was committed, as long as nothing was committed after it.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
umask 022
journal=$(cd "$(dirname "$0")" && pwd)
staged=/var/lib/twoarm/staging/${journal##*/}
bundles=/opt/twoarm/director
tab=$(printf '\t')
unit_limit=120
booting=no
no_block=

# Log lines are for people; a full disk must not make them a failure.
note() {
    { echo "$*" >"$journal/doing" && echo "$*" >>"$journal/log"; } 2>/dev/null || :
}

fail() {
    echo "$*" >"$journal/reason"
    exit 1
}

# Calls the function $2 with the fields of every line of the plan that starts with $1.
each() {
    while IFS=$tab read -r step first second; do
        if [ "$step" = "$1" ]; then
            "$2" "$first" "$second" </dev/null
        fi
    done <"$journal/plan"
}

# systemd of CentOS 7 (219) has no --value.
property() {
    systemctl show -p "$2" -- "$1" | sed "s/^$2=//"
}

enabled() {
    case $(property "$1" UnitFileState) in
        enabled | enabled-runtime) return 0 ;;
        *) return 1 ;;
    esac
}

. "$journal/change.sh"
. "$journal/back.sh"
. "$journal/conclusion.sh"

lock() {
    mkdir -p -m 0700 /run/twoarm-deployer
    exec 9>>/run/twoarm-deployer/apply.lock
    flock 9
}

run_apply() {
    if [ -e "$journal/result" ]; then
        return 0
    fi
    (apply) >"$journal/errors" 2>&1
    if [ $? -ne 0 ]; then
        if ! [ -s "$journal/reason" ]; then
            { echo "$(cat "$journal/doing") failed" >"$journal/reason"; cat "$journal/errors" >>"$journal/output"; } 2>/dev/null
        fi
        back_and_conclude
    elif await_confirmation; then
        conclude committed
        leave_staging
        tidy
    else
        [ -s "$journal/reason" ] || echo "it was not confirmed within $(cat "$journal/confirm") s" >"$journal/reason"
        back_and_conclude
    fi
}

# Whether the change is under way, or could not be taken back.
is_unfinished() {
    ! [ -e "$journal/result" ] || grep -qsx broken "$journal/result"
}

run_recover() {
    if is_unfinished; then
        [ -s "$journal/reason" ] || echo "$1" >"$journal/reason"
        echo broken >"$journal/outcome/broken"
        back_and_conclude
    fi
}

run_rollback() {
    newer=$(grep -lx committed /var/lib/twoarm/journal/*/result | sort | tail -n 1)
    if [ "$newer" != "$journal/result" ]; then
        echo "only the latest committed change can be rolled back: ${newer%/result}" >&2
        exit 1
    fi
    before=$(cat "$journal/backup/bundle")
    if [ "$before" != none ] && ! [ -d "$bundles/$before" ]; then
        echo "the daemon of that time is no longer there: $bundles/$before" >&2
        exit 1
    fi
    echo "it was rolled back by hand" >"$journal/reason"
    back_and_conclude
    cat "$journal/result"
}

case $1 in
    apply)
        lock
        run_apply
        ;;
    confirm)
        answer y
        lock
        # Nobody waits any more: the service is gone without a result.
        run_recover "nobody was left to take the confirmation"
        cat "$journal/result"
        ;;
    ended)
        if ! [ -e "$journal/result" ]; then
            lock
            run_recover "it was interrupted"
        fi
        ;;
    recover)
        if [ -e "$journal/waiting" ] && ! [ -e "$journal/result" ]; then
            echo "${2:-it was taken back before it was confirmed}" >"$journal/reason"
        fi
        answer n
        lock
        run_recover "it was interrupted"
        ;;
    boot)
        booting=yes
        no_block=--no-block
        lock
        run_recover "the host was restarted before it was complete and confirmed"
        ;;
    retry)
        retry
        ;;
    rollback)
        lock
        run_rollback
        ;;
    *)
        echo "usage: sh $0 apply|ended|confirm|recover|boot|retry|rollback" >&2
        exit 2
        ;;
esac
