# fails: end-of-web, handshake-captured, ethernet-headers, nothing-else, lines-on-any
ip link del ${web}
# answer: end-of-web ${web}
# answer: lines-on-any 4
