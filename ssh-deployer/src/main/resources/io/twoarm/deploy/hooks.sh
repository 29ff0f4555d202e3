# Prints what a host's kernel lacks of what can show servers the clients behind directors, one per line, fields separated by
# tabs: "bpf THING" for the BPF programs, "module THING" for a kernel module, and "headers yes" if those of the kernel that
# runs are there. The line "hooks KERNEL" comes first: a login shell may have printed something before. "end" comes last.
# $1 stands before every path; empty on hosts.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
root=$1
kernel=$(cat "$root/proc/sys/kernel/osrelease")
symbols=$root/proc/kallsyms
printf 'hooks\t%s\n' "$kernel"
has() {
    printf '%s\n' "$found" | grep -qx "$1"
}
# Asked once: the kernel makes the list anew for every reader, with more than a hundred thousand lines.
found=$(sed -n 's/^[^ ]* [Tt] \(__cgroup_bpf_run_filter_sock_ops\|__cgroup_bpf_run_filter_getsockopt\|bpf_sk_storage_get\|bpf_sock_ops_load_hdr_opt\|register_kretprobe\|register_kprobe\|tcp_child_process\)$/\1/p' "$symbols" 2>/dev/null)
if [ -e "$symbols" ]; then
    # Named by what they came with: kernel 4.13, 5.3, 5.2, 5.10. Hooks for getpeername came with 5.8.
    has __cgroup_bpf_run_filter_sock_ops || printf 'bpf\tsock_ops programs of control groups\n'
    has __cgroup_bpf_run_filter_getsockopt || printf 'bpf\tgetsockopt programs of control groups\n'
    has bpf_sk_storage_get || printf 'bpf\tstorage per socket\n'
    has bpf_sock_ops_load_hdr_opt || printf 'bpf\tTCP options for sock_ops programs\n'
    has register_kretprobe || printf 'module\treturn probes (CONFIG_KRETPROBES)\n'
    has tcp_child_process || printf 'module\ta function tcp_child_process to watch\n'
else
    # Without the list, by age.
    printf '%s\n' "$kernel" | awk -F. '{ exit !($1 > 5 || $1 == 5 && $2 + 0 >= 10) }' || printf 'bpf\tkernel 5.10 or later\n'
    printf 'module\ta list of its symbols (CONFIG_KALLSYMS)\n'
fi
grep -qw cgroup2 "$root/proc/filesystems" || printf 'bpf\tcgroup2\n'
[ -e "$root/proc/modules" ] || printf 'module\tmodules that can be loaded\n'
if grep -qs '\[confidentiality\]' "$root/sys/kernel/security/lockdown"; then
    printf 'module\tpermission: it is locked down for confidentiality\n'
fi
if [ -e "$root/lib/modules/$kernel/build/Makefile" ]; then
    printf 'headers\tyes\n'
fi
echo end
