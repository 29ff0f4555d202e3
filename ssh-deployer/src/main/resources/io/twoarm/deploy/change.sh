# The way forward of a change; read by transaction.sh.

record_file() {
    if [ -e "$1" ] || [ -L "$1" ]; then
        mkdir -p -- "$journal/backup.new/files${1%/*}"
        cp -a -- "$1" "$journal/backup.new/files$1"
    else
        echo "$1" >>"$journal/backup.new/absent"
        directory=${1%/*}
        while ! [ -d "${directory:-/}" ]; do
            echo "$directory" >>"$journal/backup.new/directories"
            directory=${directory%/*}
        done
    fi
}

record_unit() {
    now=off
    if enabled "$1"; then
        now=on
    fi
    printf '%s\t%s\t%s\n' "$1" "$(property "$1" ActiveState)" "$now" >>"$journal/backup.new/units"
}

record() {
    note "recording what is there"
    rm -rf -- "$journal/backup.new"
    mkdir -- "$journal/backup.new" "$journal/backup.new/files"
    : >"$journal/backup.new/absent"
    : >"$journal/backup.new/directories"
    : >"$journal/backup.new/units"
    each put record_file
    each remove record_file
    each stop record_unit
    each running record_unit
    readlink "$bundles/current" >"$journal/backup.new/bundle" || echo none >"$journal/backup.new/bundle"
    : >"$journal/touched"
    # CentOS 7's sync (coreutils 8.22) only knows how to write everything.
    if sync --help | grep -q -e --file-system; then sync -f -- "$journal"; else sync; fi
    mv -T -- "$journal/backup.new" "$journal/backup"
}

# The new file and a second name for the old one, both beside it: from here on neither switching nor switching back
# needs any space.
place() {
    note "placing $1"
    [ -d "${1%/*}/" ] || mkdir -p -- "${1%/*}"
    install -o root -g root -m "$2" -T -- "$staged$1" "$1.twoarm-new"
    sync -- "$1.twoarm-new"
    keep "$1"
}

keep() {
    if [ -e "$1" ] || [ -L "$1" ]; then
        ln -fP -- "$1" "$1.twoarm-old" 2>/dev/null || cp -aT --remove-destination -- "$1" "$1.twoarm-old"
    fi
}

retire_unit() {
    note "stopping $1, which is no longer wanted"
    echo "$1" >>"$journal/touched"
    if [ "$(property "$1" LoadState)" != not-found ]; then
        timeout "$unit_limit" systemctl stop -- "$1"
        systemctl --quiet disable -- "$1"
    fi
}

switch_file() {
    mv -fT -- "$1.twoarm-new" "$1"
    sync -- "${1%/*}/"
}

remove_file() {
    note "removing $1"
    rm -f -- "$1"
}

switch_bundle() {
    note "switching the daemon bundle to $1"
    point_bundle "$1"
}

point_bundle() {
    if [ "$1" = none ]; then
        rm -f -- "$bundles/current"
    else
        ln -sfn -- "$1" "$bundles/.current"
        mv -fT -- "$bundles/.current" "$bundles/current"
    fi
    if [ -d "$bundles" ]; then
        sync -- "$bundles"
    fi
}

reread_units() {
    note "making systemd read its unit files"
    systemctl daemon-reload
}

enable_unit() {
    systemctl --quiet enable -- "$1"
}

begin_unit() {
    note "$2 $1"
    echo "$1" >>"$journal/touched"
    systemctl reset-failed -- "$1" 2>/dev/null || :
    timeout "$unit_limit" systemctl --no-ask-password "$2" -- "$1" || unit_failed "$1" "$2"
    case $(property "$1" Type) in
        simple | exec | idle) printf '%s\t%s\t%s\n' "$1" "$(property "$1" MainPID)" "$(property "$1" NRestarts)" >>"$journal/young" ;;
    esac
}
start_unit() { begin_unit "$1" start; }
restart_unit() { begin_unit "$1" restart; }
reload_unit() { begin_unit "$1" reload-or-restart; }

unit_failed() {
    # systemd of CentOS 7 (219) has no --no-hostname.
    journalctl --no-pager --no-hostname -q -n 30 -u "$1" >"$journal/output" 2>&1 ||
        journalctl --no-pager -q -n 30 -u "$1" >"$journal/output" 2>&1 || :
    fail "$1 did not $2 (state $(property "$1" ActiveState), result $(property "$1" Result))"
}

# In the order of the plan, since later units may need earlier ones.
run_units() {
    while IFS=$tab read -r step unit rest; do
        case $step in
            start) start_unit "$unit" </dev/null ;;
            restart) restart_unit "$unit" </dev/null ;;
            reload-or-restart) reload_unit "$unit" </dev/null ;;
        esac
    done <"$journal/plan"
}

# systemd calls a unit that says nothing of its readiness active as soon as its process exists, so those get a second
# in which they must not die.
watch_young() {
    if [ -s "$journal/young" ]; then
        note "watching the started units for a second"
        sleep 1
        while IFS=$tab read -r unit pid restarts; do
            if [ "$(property "$unit" MainPID)" != "$pid" ] || [ "$(property "$unit" NRestarts)" != "$restarts" ]; then
                unit_failed "$unit" "stay up"
            fi
        done <"$journal/young"
    fi
}

check_unit() {
    case $(property "$1" ActiveState) in
        active | reloading) ;;
        *)
            if [ "$(property "$1" Type)" != oneshot ] || [ "$(property "$1" Result)" != success ]; then
                unit_failed "$1" "stay up"
            fi
            ;;
    esac
}

apply() {
    set -e
    record
    each put place
    each remove keep
    mv -T -- "$journal/prepared" "$journal/switching"
    each stop retire_unit
    note "putting the new files into place"
    each put switch_file
    each remove remove_file
    each bundle switch_bundle
    each daemon-reload reread_units
    each enable enable_unit
    run_units
    watch_young
    each running check_unit
    each put forget
    each remove forget
}

forget() {
    rm -f -- "$1.twoarm-new" "$1.twoarm-old"
}
