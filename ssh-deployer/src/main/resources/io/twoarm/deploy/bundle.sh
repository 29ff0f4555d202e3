# Unpacks the archive on standard input (gzipped tar, one top folder) to /opt/twoarm/director/$1, whole or not at all.
# $2 is the archive's size in bytes, $3 its SHA-256.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
set -eu
umask 022
bundles=/opt/twoarm/director
new=$bundles/.incoming
mkdir -p -- "$bundles"
rm -rf -- "$new"
trap 'rm -rf -- "$new"' EXIT
mkdir -- "$new"
head -c "$2" >"$new/archive"
found=$(sha256sum <"$new/archive")
if [ "${found%% *}" != "$3" ]; then
    echo "the archive did not arrive whole" >&2
    exit 1
fi
mkdir -- "$new/unpacked"
tar -xzf "$new/archive" -C "$new/unpacked" --strip-components=1 --no-same-owner
rm -- "$new/archive"
if ! [ -x "$new/unpacked/bin/twoarm-director" ]; then
    echo "it holds no program bin/twoarm-director below its top folder" >&2
    exit 1
fi
# CentOS 7's sync (coreutils 8.22) only knows how to write everything.
if sync --help | grep -q -e --file-system; then sync -f -- "$new"; else sync; fi
mv -T -- "$new/unpacked" "$bundles/$1"
sync -- "$bundles"
