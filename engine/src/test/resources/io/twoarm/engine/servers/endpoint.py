# A UDP program that learns how others see it. Port: first argument. It answers "who" by "is ADDRESS:PORT" of who asks.
# "send ADDRESS:PORT", answered by "sent", lets it ask that one "who" from its own port; "heard" gets the answers to that, one a
# line, with who gave them.
import socket
import sys


def text(end):
    return "%s:%d" % end


own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
own.bind(("", int(sys.argv[1])))
heard = []
while True:
    data, peer = own.recvfrom(2048)
    words = data.decode().split()
    if words[0] == "who":
        own.sendto(("is " + text(peer)).encode(), peer)
    elif words[0] == "send":
        address, port = words[1].rsplit(":", 1)
        own.sendto(b"who", (address, int(port)))
        own.sendto(b"sent", peer)
    elif words[0] == "heard":
        own.sendto("\n".join(heard).encode(), peer)
    elif words[0] == "is":
        heard.append(text(peer) + " is " + words[1])
