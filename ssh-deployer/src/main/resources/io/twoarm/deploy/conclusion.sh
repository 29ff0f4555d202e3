# How a change ends; read by transaction.sh.

# The texts were written before anything began, so that a full disk cannot keep the result from being known.
conclude() {
    mv -fT -- "$journal/outcome/$1" "$journal/result" || return
    sync -- "$journal"
    note "$1"
}

leave_staging() {
    rm -rf -- "$staged"
    rmdir -- /var/lib/twoarm/incoming /var/lib/twoarm/staging 2>/dev/null || :
}

# Journals have names that start with the time, so that the oldest come first.
journals() {
    ls -1 /var/lib/twoarm/journal | grep '^[0-9]'
}

# A rollback needs the daemon of its time: those of the last five changes stay.
tidy() {
    journals | head -n -20 | while read -r old; do
        rm -rf -- "/var/lib/twoarm/journal/$old" "/run/systemd/system/twoarm-apply-$old.service"
        echo "$old" >/var/lib/twoarm/journal/.forgotten
    done
    wanted=" current $(readlink "$bundles/current") $(cat "$journal/backup/bundle") "
    for recent in $(journals | tail -n 5); do
        wanted="$wanted$(sed -n "s/^bundle$tab\([^$tab]*\)$tab.*/\1/p" "/var/lib/twoarm/journal/$recent/design" 2>/dev/null) "
    done
    for bundle in "$bundles"/*; do
        case $wanted in
            *" ${bundle##*/} "*) ;;
            *) rm -rf -- "$bundle" ;;
        esac
    done
}

back_and_conclude() {
    # A journal that can no longer be written must not keep everything from being put back.
    back=$journal/back
    (: >>"$back") 2>/dev/null || back=/run/twoarm-deployer/back
    (put_back) >>"$back" 2>&1
    if [ $? -eq 0 ]; then
        conclude restored || try_again_later
    else
        { echo "putting back:"; cat "$back"; } >>"$journal/output" 2>/dev/null
        conclude broken
        try_again_later
    fi
    leave_staging
}

# Once what kept it from being put back is gone, the host is as before, without anybody's doing.
try_again_later() {
    again=twoarm-apply-${journal##*/}-again
    if ! systemctl --quiet is-active "$again.service"; then
        # systemd of CentOS 7 (219) knows neither option; it waits for the start only.
        for options in "--collect --no-block" ""; do
            # shellcheck disable=SC2086
            systemd-run --quiet $options --unit="$again" --description="TwoArm: puts back what could not be put back" \
                -- /bin/sh "$journal/transaction.sh" retry 9>&- && break
        done
    fi
}

# With growing pauses, since every attempt starts services; never over a later change.
retry() {
    pause=5
    while is_unfinished; do
        sleep "$pause"
        if [ "$pause" -lt 600 ]; then pause=$((pause * 2)); fi
        lock
        if [ "$(journals | tail -n 1)" != "${journal##*/}" ]; then return; fi
        run_recover "it was interrupted"
        exec 9>&-
    done
}

# The change is made, but it stays only if the deployer says so in time: that it could log in anew and found the host as
# designed. One byte through the pipe decides; nobody's byte, or any other than "y", takes the change back.
await_confirmation() {
    note "waiting $(cat "$journal/confirm") s for the confirmation"
    mv -fT -- "$journal/outcome/waiting" "$journal/waiting"
    sync -- "$journal"
    answer=$(timeout "$(cat "$journal/confirm")" head -c 1 "$journal/verdict")
    [ "$answer" = y ]
}

# $1 is "y" or "n". Without effect when the change no longer waits.
answer() {
    if [ -e "$journal/waiting" ] && ! [ -e "$journal/result" ]; then
        timeout 5 sh -c 'printf %s "$1" >"$2"' sh "$1" "$journal/verdict"
    fi
}
