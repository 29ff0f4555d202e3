"""Sends datagrams to 10.0.0.110 in tunnels over IPv4 and IPv6, or says what comes out of them."""
import socket
import struct
import sys


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def packet(text):
    """An IPv4 packet with a datagram; UDP over IPv4 may go without a checksum."""
    datagram = struct.pack("!HHHH", 1000, 9999, 8 + len(text), 0) + text
    header = struct.pack(
        "!BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 1, 0, 64, socket.IPPROTO_UDP, 0,
        socket.inet_aton("10.99.0.1"), socket.inet_aton("10.0.0.110"))
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + datagram


if sys.argv[1] == "send":
    over_ipv4 = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_IPIP)
    over_ipv4.sendto(packet(b"over IPv4"), ("10.99.0.2", 0))
    # Says to hold a packet, and holds none.
    over_ipv4.sendto(b"\0" * 40, ("10.99.0.2", 0))
    over_ipv6 = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_IPIP)
    over_ipv6.sendto(packet(b"over IPv6"), ("fd00:99::2", 0))
else:
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.bind(("10.0.0.110", 9999))
    for _ in range(2):
        data, sender = receiver.recvfrom(100)
        print(data.decode(), "from", *sender, flush=True)
