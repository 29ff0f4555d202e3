# usage: server.pl ADDRESS PORT; greets whom it has accepted, and answers each line with what it is told
# of its peer.
use strict;
use warnings;
use Socket qw(:all);

my ($address, $port) = @ARGV;
my $six = $address =~ /:/;
socket(my $server, $six ? AF_INET6 : AF_INET, SOCK_STREAM, 0) or die "socket: $!";
setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1) or die "setsockopt: $!";
setsockopt($server, IPPROTO_IPV6, IPV6_V6ONLY, 0) or die "setsockopt: $!" if $six;
bind($server, $six ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $address)) : pack_sockaddr_in($port, inet_aton($address)))
    or die "bind: $!";
listen($server, 64) or die "listen: $!";

sub text {
    my ($name) = @_;
    return "unknown" unless defined $name;
    my ($port, $address) = $six ? unpack_sockaddr_in6($name) : unpack_sockaddr_in($name);
    return inet_ntop($six ? AF_INET6 : AF_INET, $address) . " " . $port;
}

while (my $accepted = accept(my $client, $server)) {
    syswrite($client, "accepted\n");
    while (defined(my $line = <$client>)) {
        my $nat64 = getsockopt($client, 0, 4096);
        my $answer = defined $nat64
            ? inet_ntop(AF_INET6, substr($nat64, 0, 16)) . " " . unpack("n", substr($nat64, 16, 2))
            : "none";
        syswrite($client, text($accepted) . " | " . text(getpeername($client)) . " | $answer\n");
    }
}
