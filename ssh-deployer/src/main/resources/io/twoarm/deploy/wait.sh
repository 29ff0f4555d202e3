# Waits for the end of the change $1. Prints its log lines from number $2 on as "log LINE" while they come, then
# "result WORD", "reason TEXT" and "output LINE"s. A change that waits for its confirmation has the result "waiting".
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
journal=/var/lib/twoarm/journal/$1
next=$2
rounds=0
attempts=0
passed=0
if ! [ -d "$journal" ]; then
    echo "result absent"
    exit
fi
# Prints the lines that came since the last call. Each is written at once, so none is read in part. No process is
# started: many hosts may be watched on one machine, whose work this must not be.
news() {
    while IFS= read -r line <&3; do
        passed=$((passed + 1))
        [ "$passed" -lt "$next" ] || printf 'log %s\n' "$line"
    done
}
exec 3<"$journal/log"
until [ -e "$journal/result" ] || [ -e "$journal/waiting" ]; do
    news
    rounds=$((rounds + 1))
    if [ $((rounds % 20)) -eq 0 ]; then
        case $(systemctl show -p ActiveState "twoarm-apply-$1") in
            *=inactive | *=failed)
                sh "$journal/transaction.sh" recover
                attempts=$((attempts + 1))
                if [ "$attempts" -ge 3 ] && ! [ -e "$journal/result" ]; then
                    news
                    echo "result broken"
                    echo "reason it cannot be recorded how the change ended: $journal cannot be written. Make its file system writable; the host then takes the change back by itself"
                    exit
                fi
                ;;
        esac
    fi
    sleep 0.1
done
news
echo "result $(cat "$journal/result" 2>/dev/null || echo waiting)"
sed 's/^/reason /' "$journal/reason" 2>/dev/null
tail -n 60 "$journal/output" 2>/dev/null | sed 's/^/output /'
