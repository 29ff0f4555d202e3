# Waits for the end of the change $1. Prints its log lines from number $2 on as "log LINE" while they come, then
# "result WORD", "reason TEXT" and "output LINE"s. A change that waits for its confirmation has the result "waiting".
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
journal=/var/lib/twoarm/journal/$1
next=$2
rounds=0
if ! [ -d "$journal" ]; then
    echo "result absent"
    exit
fi
until [ -e "$journal/result" ] || [ -e "$journal/waiting" ]; do
    lines=$(wc -l <"$journal/log")
    if [ "$lines" -ge "$next" ]; then
        sed -n "$next,$lines s/^/log /p" "$journal/log"
        next=$((lines + 1))
    fi
    rounds=$((rounds + 1))
    if [ $((rounds % 20)) -eq 0 ]; then
        case $(systemctl show -p ActiveState --value "twoarm-apply-$1") in
            inactive | failed) sh "$journal/transaction.sh" recover ;;
        esac
    fi
    sleep 0.1
done
sed -n "$next,\$ s/^/log /p" "$journal/log"
echo "result $(cat "$journal/result" 2>/dev/null || echo waiting)"
sed 's/^/reason /' "$journal/reason" 2>/dev/null
tail -n 60 "$journal/output" 2>/dev/null | sed 's/^/output /'
