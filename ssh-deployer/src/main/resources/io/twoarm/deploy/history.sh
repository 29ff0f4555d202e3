# Prints the changes that the host remembers, oldest first, fields separated by tabs:
#   change ID RESULT WHAT OWNER     RESULT is committed, restored, broken, waiting or unfinished
#   step ID STEP FIRST SECOND       a step of its plan
#   reason ID TEXT                  why it was taken back
# "forgotten ID" tells the youngest change that was deleted. The line "history" comes first, "end" comes last.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
echo history
if [ -e /var/lib/twoarm/journal/.forgotten ]; then
    printf 'forgotten\t%s\n' "$(cat /var/lib/twoarm/journal/.forgotten)"
fi
for journal in /var/lib/twoarm/journal/[0-9]*; do
    if ! [ -d "$journal" ]; then
        continue
    fi
    id=${journal##*/}
    result=unfinished
    if [ -e "$journal/result" ]; then
        result=$(cat "$journal/result")
    elif [ -e "$journal/waiting" ]; then
        result=waiting
    fi
    what=deployment owner=unknown
    if [ -e "$journal/about" ]; then
        { read -r what && read -r owner; } <"$journal/about"
    fi
    printf 'change\t%s\t%s\t%s\t%s\n' "$id" "$result" "$what" "$owner"
    sed "s/^/step\t$id\t/" "$journal/plan"
    sed "s/^/reason\t$id\t/" "$journal/reason" 2>/dev/null
done
echo end
