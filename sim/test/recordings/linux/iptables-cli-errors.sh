# title: command line errors
# area: iptables
iptables
iptables -A
iptables -A INPUT -s
iptables -A INPUT --foo
iptables -A INPUT -Q
iptables -A INPUT -nQ
iptables -Qn
iptables -A INPUT foo
iptables -A INPUT -j
iptables -A INPUT -p
iptables -A INPUT -p tcp --foo
iptables -A INPUT -p tcp --dport
iptables -A INPUT --dport 80
iptables -A INPUT -p icmp --dport 80
iptables -A INPUT -p foo
iptables -A INPUT -p 256
iptables -A INPUT -p ALL
iptables -A INPUT ! -p all
iptables -A INPUT -p TCP -j ACCEPT
iptables -A INPUT -s 1.2.3.4 -s 1.2.3.5
iptables -A INPUT -j ACCEPT -j DROP
iptables -A INPUT -j ACCEPT -g FOO
iptables -A INPUT -i
iptables -A INPUT -i ''
iptables -A INPUT -i abcdefghijklmnop
iptables -A INPUT -i 'a b'
iptables -A INPUT -o eth0
iptables -A OUTPUT -i eth0
iptables -A FORWARD -i eth0 -o eth1 -j ACCEPT
iptables -t nat -A PREROUTING -o eth0
iptables -t nat -A POSTROUTING -i eth0
iptables -A INPUT ! ! -s 1.2.3.4
iptables -A INPUT ! -j DROP
iptables -A INPUT -j DROP !
iptables ! -A INPUT
iptables -A INPUT -s ! 1.2.3.4
iptables -A INPUT ! -n
iptables -A INPUT ! -m tcp
iptables -A INPUT -m
iptables -A INPUT -m foo
iptables -A INPUT -m ''
iptables -A INPUT -j ''
iptables -A INPUT -j 'A B'
iptables -A INPUT -j FOO
iptables -A INPUT -j foo
iptables -A INPUT -j INPUT
iptables -A INPUT -j OUTPUT
iptables -A INPUT -j aaaaaaaaaabbbbbbbbbbcccccccccc
iptables -A INPUT -m aaaaaaaaaabbbbbbbbbbcccccccccc
iptables -A FOO -j ACCEPT
iptables -A aaaaaaaaaabbbbbbbbbbcccccccccc -j ACCEPT
iptables -N aaaaaaaaaabbbbbbbbbbcccccccccc
iptables -N aaaaaaaaaabbbbbbbbbbcccccccc
iptables -N -foo
iptables -N '!foo'
iptables -N 'a b'
iptables -N ACCEPT
iptables -N REJECT
iptables -N INPUT
iptables -N ''
iptables -N X
iptables -N X
iptables -N Y Z
iptables -L -A INPUT
iptables -A INPUT -L
iptables -L -S
iptables -F -X
iptables -L -Z
iptables -L FORWARD -Z INPUT
iptables -Z -L -n
iptables -S -n
iptables -L -s 1.2.3.4
iptables -F -v
iptables -A INPUT -x
iptables -A INPUT --line-numbers
iptables -D INPUT -c 1 2
iptables -t foo -L
iptables -t FILTER -L
iptables -t nat -P PREROUTING DROP
iptables -t nat -A PREROUTING -j DROP
iptables -P INPUT
iptables -P INPUT FOO
iptables -P INPUT REJECT
iptables -P X DROP
iptables -P NOPE ACCEPT
iptables -E X
iptables -E X Y
iptables -E NOPE Z
iptables -E Y INPUT
iptables -E Y Y
iptables -R INPUT
iptables -R INPUT 1
iptables -R INPUT 1 -j DROP
iptables -R INPUT 99 -j DROP
iptables -R INPUT x -j DROP
iptables -R NOPE 1 -j DROP
iptables -I INPUT 0 -j DROP
iptables -I INPUT 99 -j DROP
iptables -I INPUT -1 -j DROP
iptables -I NOPE -j DROP
iptables -I NOPE 3 -j DROP
iptables -D INPUT 0
iptables -D INPUT 99
iptables -D NOPE 1
iptables -D INPUT -s 9.9.9.9 -j DROP
iptables -D NOPE -j DROP
iptables -C INPUT -s 9.9.9.9
iptables -C NOPE -j ACCEPT
iptables -F NOPE
iptables -X NOPE
iptables -Z NOPE
iptables -L NOPE
iptables -S NOPE
iptables -Z INPUT 99
iptables -Z NOPE 1
iptables -L INPUT 99
iptables -L INPUT 0
iptables -L INPUT 1
iptables -S INPUT 1
iptables -S INPUT 99
iptables -S
