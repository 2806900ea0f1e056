# title: what iptables says of itself
# area: iptables
iptables -h | head -60
iptables --help | tail -30
ip6tables -h | head -50
iptables -p tcp -h | tail -14
iptables -m comment -h | tail -4
iptables -j REJECT -h | tail -24
iptables -j MASQUERADE -h | tail -6
ip6tables -j REJECT -h | tail -20
iptables -m conntrack -m limit -h | tail -45
iptables -V
iptables -L -V
iptables -w -L INPUT
iptables -w 5 -L INPUT
iptables -w5 -L INPUT
iptables --wait=5 -L INPUT
iptables -w x -L INPUT
iptables -W 100 -L INPUT
iptables -w -W 100 -L INPUT
iptables -w -W -L INPUT
iptables -w -W x -L
iptables -w -W 1000000 -L
iptables --modprobe=/bin/true -L INPUT
iptables -L=INPUT
iptables -LINPUT
iptables -LINPUT -n
iptables -nL INPUT
iptables -nvL INPUT
iptables -vnxL INPUT --line-numbers
iptables --list INPUT --numeric
iptables --list=INPUT
iptables --lis INPUT
iptables --li INPUT
iptables --line INPUT
iptables -S INPUT -v
iptables -AINPUT -jACCEPT
iptables -A INPUT -ptcp
iptables -A INPUT -p=tcp
iptables -A INPUT -s10.0.0.1
iptables -A INPUT -ieth0 -j ACCEPT
iptables -tnat -S
iptables -t nat -t filter -S
iptables -t
iptables -A INPUT -j ACCEPT --
iptables -A INPUT -j ACCEPT -- foo
iptables -A INPUT -- -j ACCEPT
iptables -A INPUT -m tcp -m tcp
iptables -A INPUT -m comment --comment a -m comment --comment b -j ACCEPT
iptables -A INPUT -m mark --mark 1 -m mark --mark 2
iptables -A INPUT -p tcp -m tcp --dport 1 -p udp
iptables -A INPUT -p udp --dport 5 -j LOG --log-prefix p --log-level 4
iptables -A INPUT -j LOG --log-prefix
iptables -A INPUT --log-prefix x -j LOG
iptables -A INPUT -j ACCEPT --reject-with tcp-reset
iptables -S
iptables -D INPUT -p udp --dport 5 -j LOG --log-prefix p
iptables -D INPUT -p udp --dport 5 -j LOG --log-prefix q
iptables -C INPUT -m comment --comment a -m comment --comment b -j ACCEPT
iptables -C INPUT -m comment --comment b -m comment --comment a -j ACCEPT
