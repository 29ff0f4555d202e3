# Runs the command "$@" and ends it as soon as standard input ends. SSH tells a process nothing when its channel
# closes, so a quiet one (tcpdump on a quiet wire) would stay on the host for ever.
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
(
    while read -r _; do :; done
    kill -TERM "$command"
) <&3 >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$command"
status=$?
kill "$watch" 2>/dev/null
exit "$status"
