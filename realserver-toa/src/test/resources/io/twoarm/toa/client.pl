# usage: client.pl ADDRESS PORT [LINES]; sends lines on one connection and prints its own address and each answer.
use strict;
use warnings;
use Socket qw(:all);

my ($address, $port, $lines) = @ARGV;
my $six = $address =~ /:/;
socket(my $server, $six ? AF_INET6 : AF_INET, SOCK_STREAM, 0) or die "socket: $!";
connect($server, $six ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $address)) : pack_sockaddr_in($port, inet_aton($address)))
    or die "connect: $!";
for (1 .. $lines // 1) {
    syswrite($server, "who\n");
    print scalar <$server>;
}
