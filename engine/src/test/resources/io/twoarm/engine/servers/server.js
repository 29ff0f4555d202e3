// Answers every request with the address of its peer, as Node gives it. Port: first argument.
const http = require('node:http');

http.createServer((request, response) => response.end(request.socket.remoteAddress)).listen(Number(process.argv[2]));
