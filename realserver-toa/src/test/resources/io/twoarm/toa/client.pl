# usage: client.pl ADDRESS PORT; once the server has accepted, sends a line on the connection and prints the answer.
use strict;
use warnings;
use Socket qw(:all);

my ($address, $port) = @ARGV;
my $six = $address =~ /:/;
socket(my $server, $six ? AF_INET6 : AF_INET, SOCK_STREAM, 0) or die "socket: $!";
connect($server, $six ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $address)) : pack_sockaddr_in($port, inet_aton($address)))
    or die "connect: $!";
<$server>;
syswrite($server, "who\n");
print scalar <$server>;
