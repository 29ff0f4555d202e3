# Unpacks files from standard input below the directory $1, which is made anew; beside it nothing else stays.
# Per file one line "MODE SIZE SHA256 PATH", then SIZE bytes. On any failure nothing is left.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
set -eu
umask 077
root=$1
parent=$(dirname -- "$root")
mkdir -p -- "$parent"
rm -rf -- "${parent:?}"/*
trap 'rm -rf -- "$root"' EXIT
mkdir -- "$root"
while IFS=' ' read -r mode size digest path; do
    [ -d "$root${path%/*}" ] || mkdir -p -- "$root${path%/*}"
    head -c "$size" >"$root$path"
    chmod -- "$mode" "$root$path"
    found=$(sha256sum <"$root$path")
    if [ "${found%% *}" != "$digest" ]; then
        echo "$path did not arrive whole" >&2
        exit 1
    fi
done
trap - EXIT
