# The way back of a change; read by transaction.sh.

restore_file() {
    old=$1.twoarm-old
    saved=$journal/backup/files$1
    rm -f -- "$1.twoarm-new"
    if [ -e "$old" ] || [ -L "$old" ]; then
        if [ "$old" -ef "$1" ] && ! [ -L "$old" ]; then
            rm -f -- "$old"
        else
            mv -fT -- "$old" "$1"
        fi
    elif [ -e "$saved" ] || [ -L "$saved" ]; then
        if ! [ -f "$1" ] || ! cmp -s -- "$saved" "$1" || [ "$(stat -c %a:%u:%g -- "$saved")" != "$(stat -c %a:%u:%g -- "$1")" ]; then
            mkdir -p -- "$(dirname -- "$1")"
            cp -aT --remove-destination -- "$saved" "$old"
            mv -fT -- "$old" "$1"
        fi
    else
        rm -f -- "$1"
    fi
    if [ -d "$(dirname -- "$1")" ]; then
        sync -- "$(dirname -- "$1")"
    fi
}

touched() {
    grep -qxF -- "$1" "$journal/touched"
}

each_unit() {
    while IFS=$tab read -r unit active boot; do
        "$1" "$unit" "$active" "$boot" </dev/null
    done <"$journal/backup/units"
}

# Before the old files are back: a unit can only be disabled while its file is there.
undo_unit() {
    case $2 in
        active | reloading | activating) ;;
        *)
            if touched "$1" && [ "$(property "$1" LoadState)" != not-found ]; then
                note "stopping $1"
                timeout "$unit_limit" systemctl $no_block stop -- "$1"
                systemctl reset-failed -- "$1" 2>/dev/null || :
            fi
            ;;
    esac
    if [ "$3" = off ] && enabled "$1"; then
        systemctl --quiet disable -- "$1"
    fi
}

redo_unit() {
    if [ "$3" = on ] && ! enabled "$1"; then
        systemctl --quiet enable -- "$1"
    fi
    if [ "$booting" = yes ]; then
        # systemd chose what to start before the old files were back. Nothing of it runs yet.
        case $2 in
            active | reloading | activating) systemctl --no-block start -- "$1" ;;
        esac
    elif touched "$1"; then
        case $2 in
            active | reloading)
                note "restart $1 as it was"
                systemctl reset-failed -- "$1" 2>/dev/null || :
                timeout "$unit_limit" systemctl --no-ask-password restart -- "$1"
                ;;
            # It was failing over and over before, and may go on doing so.
            activating) systemctl --no-block restart -- "$1" ;;
        esac
    fi
}

put_back() {
    set -e
    if ! [ -d "$journal/backup" ]; then
        return 0
    fi
    note "putting everything back"
    switched=no
    if [ -e "$journal/switching" ]; then
        switched=yes
        each_unit undo_unit
        point_bundle "$(cat "$journal/backup/bundle")"
    fi
    each put restore_file
    each remove restore_file
    while read -r directory; do
        rmdir -- "$directory" 2>/dev/null || :
    done <"$journal/backup/directories"
    if [ "$switched" = yes ]; then
        systemctl daemon-reload
        each_unit redo_unit
    fi
}
