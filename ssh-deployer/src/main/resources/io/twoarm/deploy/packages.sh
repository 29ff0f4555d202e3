# Installs the Debian packages "$@". Its output goes to a file: a broken connection must not stop dpkg half-way.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL DEBIAN_FRONTEND
log=/run/twoarm-deployer/packages.log
install() {
    apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 install -- "$@"
}
(
    install "$@" || {
        dpkg --configure -a && apt-get -q -o DPkg::Lock::Timeout=120 update && install "$@"
    }
) </dev/null >"$log" 2>&1
status=$?
tail -n 30 -- "$log"
exit "$status"
