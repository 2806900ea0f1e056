# title: restore
# area: iptables
# counters: keep
cat > /tmp/r1 <<X
# comment
*filter
:INPUT DROP [1:2]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:FOO - [0:0]
[5:6] -A INPUT -p tcp --dport 80 -j ACCEPT
-A INPUT -j FOO
-A FOO -m comment --comment "hello \"world\" x" -j RETURN
COMMIT
*nat
:PREROUTING ACCEPT
:POSTROUTING ACCEPT
-A POSTROUTING -s 10.0.0.0/8 -o eth0 -j MASQUERADE
COMMIT
X

iptables-restore /tmp/r1
iptables-save
iptables-save -c
iptables-restore -c /tmp/r1
iptables-save -c
iptables-restore < /tmp/r1
iptables-restore -t < /tmp/r1
iptables-restore -v < /tmp/r1
iptables-restore -n < /tmp/r1
iptables-save
iptables-restore -T nat < /tmp/r1
iptables-restore -n -T filter /tmp/r1
iptables-save -t filter
printf '*filter\n-A INPUT -j DROP\n' | iptables-restore
printf '*filter\n-A INPUT -j NOPE\nCOMMIT\n' | iptables-restore
printf '*filter\n-A NOPE -j DROP\nCOMMIT\n' | iptables-restore
printf '*filter\n-A INPUT --foo\nCOMMIT\n' | iptables-restore
printf '*filter\nfoo\nCOMMIT\n' | iptables-restore
printf '*foo\nCOMMIT\n' | iptables-restore
printf '*\nCOMMIT\n' | iptables-restore
printf 'foo\n' | iptables-restore
printf -- '-A INPUT -j DROP\nCOMMIT\n' | iptables-restore
printf '*filter\n:INPUT\nCOMMIT\n' | iptables-restore
printf '*filter\n:INPUT FOO\nCOMMIT\n' | iptables-restore
printf '*filter\n:INPUT REJECT [0:0]\nCOMMIT\n' | iptables-restore
printf '*filter\n:\nCOMMIT\n' | iptables-restore
printf '*filter\n:-X - [0:0]\nCOMMIT\n' | iptables-restore
printf '*filter\n:ACCEPT - [0:0]\nCOMMIT\n' | iptables-restore
printf '*filter\n:INPUT ACCEPT\nCOMMIT\n' | iptables-restore -c
printf '*filter\n:INPUT ACCEPT [x]\nCOMMIT\n' | iptables-restore -c
printf '*filter\n[1:2 -A INPUT\nCOMMIT\n' | iptables-restore -c
printf '*filter\n[12] -A INPUT\nCOMMIT\n' | iptables-restore -c
printf '*filter\n-t nat -A PREROUTING -j ACCEPT\nCOMMIT\n' | iptables-restore
printf '*filter\n-A INPUT -w -j ACCEPT\nCOMMIT\n' | iptables-restore
printf '*filter\n-A INPUT -s 1.2.3.4 -j ACCEPT\n-I INPUT -j DROP\n-I INPUT 2 -s 5.5.5.5\n-D INPUT 1\nCOMMIT\n' | iptables-restore
iptables -S
printf '*filter\n-I INPUT 2 -s 7.7.7.7\n-A INPUT -s 8.8.8.8\n-I INPUT 5 -s 9.9.9.9\n-R INPUT 1 -s 1.1.1.1\n-D INPUT -s 8.8.8.8\n-P FORWARD DROP\n-N NEW\n-A NEW -j RETURN\nCOMMIT\n' | iptables-restore -n
iptables -S
printf '*filter\n-A INPUT -j DROP\n-A INPUT -j MASQUERADE\n-A INPUT -j ACCEPT\nCOMMIT\n' | iptables-restore
iptables -S
printf '*filter\n-A INPUT -4 -s 1.2.3.4\n-A INPUT -6 -s ::1\nCOMMIT\n' | iptables-restore
iptables -S
printf '*filter\n-A INPUT -m comment --comment "" -j ACCEPT\n-A INPUT -m comment --comment a"b c"d\nCOMMIT\n' | iptables-restore
printf '*filter\nCOMMIT\n' | iptables-restore
iptables -S
nft list ruleset
printf '*filter\n:X - [0:0]\n-A X -j X\nCOMMIT\n' | iptables-restore
printf '*filter\n:X - [0:0]\n:Y - [0:0]\n-A X -j Y\n-A Y -j X\n-A INPUT -j X\nCOMMIT\n' | iptables-restore
iptables -S
iptables-restore -z
iptables-restore --foo
iptables-restore /nope
iptables-restore a b
iptables-restore -V
iptables-restore -h
iptables-restore -4
iptables-save -z
iptables-save foo
iptables-save -t foo
iptables-save -V
iptables-save -M x -t mangle
iptables-save -f /tmp/out
cat /tmp/out
iptables-save -f /nope/x
iptables -V
iptables --version
iptables ! -V
iptables-nft -V
ip6tables-save
ip6tables -A INPUT -s fe80::1 -j ACCEPT
ip6tables-save
printf '*filter\n-A INPUT -4 -s 1.2.3.4\n-A INPUT -6 -s ::1\nCOMMIT\n' | ip6tables-restore
ip6tables -S
