# Prints the files "$@" as lines "content PATH BASE64", fields separated by tabs; "private PATH" for one that not
# everybody may read. Leaves out what is not a regular file and what is larger than 256 KiB.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
for path; do
    if ! [ -f "$path" ]; then
        continue
    fi
    case $(stat -L -c %a -- "$path") in
        *[4567]) ;;
        *)
            printf 'private\t%s\n' "$path"
            continue
            ;;
    esac
    if [ "$(stat -L -c %s -- "$path")" -le 262144 ]; then
        printf 'content\t%s\t%s\n' "$path" "$(base64 -w0 <"$path")"
    fi
done
