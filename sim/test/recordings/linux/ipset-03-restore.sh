# title: restore, timeouts, references and the short commands
# area: iptables
# settle: 0
ipset create a hash:ip timeout 5
ipset add a 10.0.0.1
ipset add a 10.0.0.2 timeout 0
ipset add a 10.0.0.3 timeout 100
ipset list a
iptables -A INPUT -m set --match-set a src -j ACCEPT
ipset list a
ipset destroy a
ipset rename a b
ipset list -t
ipset flush a
iptables -D INPUT -m set --match-set a src -j ACCEPT
ipset destroy a
ipset list
ipset restore <<'X'
create r hash:ip
add r 10.0.0.1
add r 10.0.0.2
X

ipset list r
ipset restore <<'X'
create r hash:ip
X

ipset restore -! <<'X'
create r hash:ip
add r 10.0.0.1
add r 10.0.0.9
X

ipset save -f /tmp/s.txt
ipset restore -f /tmp/s.txt
ipset restore <<'X'
add nope 1.2.3.4
X

ipset add r 10.0.0.50 timeout 5
ipset create mx hash:ip maxelem 2
ipset add mx 1.1.1.1
ipset add mx 1.1.1.2
ipset add mx 1.1.1.3
ipset list mx
ipset create t2 hash:ip timeout 2
ipset add t2 1.2.3.4
ipset test t2 1.2.3.4
sleep 3
ipset test t2 1.2.3.4
ipset list t2
ipset add t2 1.2.3.4
ipset -exist add t2 1.2.3.4 timeout 50
ipset list t2
ipset help
ipset -! destroy nope
ipset -q destroy nope
ipset -q test r 9.9.9.9
ipset -file x list
ipset add r 10.0.0.60 nomatch
ipset add r 10.0.0.60 foo
ipset add r 10.0.0.60 comment x
ipset x r
ipset -X r
ipset -N zz iphash
ipset -A zz 1.2.3.4
ipset -T zz 1.2.3.4
ipset -D zz 1.2.3.4
ipset -F zz
ipset -X zz
ipset list -foo
ipset -foo list
ipset create ff hash:ip forceadd
ipset create gg hash:ip bucketsize 8 initval 0x1234
ipset list ff
ipset list gg
ipset save ff gg
ipset n nn hash:ip
ipset a nn 1.1.1.1
ipset t nn 1.1.1.1
ipset d nn 1.1.1.1
ipset e nn nnn
ipset f nnn
ipset list nnn extra
ipset add nnn 1.1.1.0/24
ipset list nnn -t
ipset del nnn 1.1.1.0/25
ipset list nnn -t
ipset add nnn 1.1.1.0/0
ipset add nnn 0.0.0.0
ipset add nnn 10.0.0.5-10.0.0.3
ipset add nnn 10.0.0.5-
