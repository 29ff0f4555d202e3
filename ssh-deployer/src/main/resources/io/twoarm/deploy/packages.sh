# Runs a command of a package manager, given as arguments. Its output goes to a file: a broken connection must not stop it
# half-way.
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL DEBIAN_FRONTEND
log=/run/twoarm-deployer/packages.log
"$@" </dev/null >"$log" 2>&1
status=$?
tail -n 30 -- "$log"
exit "$status"
