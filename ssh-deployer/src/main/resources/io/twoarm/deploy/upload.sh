# Puts standard input into the file $1 with the mode $2, whole or not at all. $3 is its size in bytes.
set -eu
path=$1 mode=$2 size=$3
new=$path.twoarm-$$
trap 'rm -f -- "$new"' EXIT
umask 077
cat >"$new"
arrived=$(wc -c <"$new")
if [ "$arrived" -ne "$size" ]; then
    echo "only $arrived of $size bytes arrived" >&2
    exit 1
fi
chmod -- "$mode" "$new"
sync -- "$new"
mv -fT -- "$new" "$path"
sync -- "$(dirname -- "$path")"
