# title: every set type, its elements and what is refused
# area: iptables
# settle: 0
ipset create a hash:ip
ipset create b hash:net family inet hashsize 64 maxelem 100 timeout 300 counters comment skbinfo
ipset create c hash:ip,port
ipset create d hash:net,port
ipset create e hash:ip,port,ip
ipset create f hash:ip,port,net
ipset create g hash:net,net
ipset create h hash:net,iface
ipset create i hash:mac
ipset create k bitmap:ip range 10.0.0.0/24
ipset create l bitmap:port range 0-1023
ipset create m bitmap:ip,mac range 10.0.0.0/24
ipset create n list:set
ipset create o list:set size 4
ipset create p bitmap:ip range 10.0.0.0/16 netmask 24
ipset create q hash:ip netmask 24
ipset create r hash:ip family inet6
ipset create s hash:net family inet6
ipset create t hash:ip,mac
ipset create u hash:net,port,net
ipset save
ipset list -n
ipset list -t
ipset list a
ipset list nope
ipset add a 10.0.0.1
ipset add a 10.0.0.1
ipset -exist add a 10.0.0.1
ipset add a 10.0.0.2 -exist
ipset add a 10.0.0.4-10.0.0.7
ipset add a 10.0.1.0/30
ipset add a foo
ipset add a 10.0.0.300
ipset add a fd00::1
ipset add a
ipset add nope 10.0.0.1
ipset add a 10.0.0.1 timeout 30
ipset add a 10.0.0.1,80
ipset test a 10.0.0.1
ipset test a 10.0.0.99
ipset test nope 1.2.3.4
ipset del a 10.0.0.1
ipset del a 10.0.0.1
ipset -exist del a 10.0.0.1
ipset list a
ipset list a -sorted
ipset save a
ipset add b 10.0.0.0/24
ipset add b 10.1.0.0/16 timeout 60 packets 5 bytes 100 comment "hello world" skbmark 0x10/0xff skbprio 1:2 skbqueue 3
ipset add b 10.2.0.0/16 nomatch
ipset add b 10.3.0.5/24
ipset add b 10.4.0.1
ipset add b 10.5.0.0-10.5.0.255
ipset add b 0.0.0.0/0
ipset test b 10.0.0.5
ipset test b 10.2.3.4
ipset test b 10.9.9.9
ipset list b
ipset save b
ipset add c 10.0.0.1,80
ipset add c 10.0.0.1,tcp:81
ipset add c 10.0.0.1,udp:53
ipset add c 10.0.0.1,icmp:8/0
ipset add c 10.0.0.1,icmp:echo-request
ipset add c 10.0.0.1,http
ipset add c 10.0.0.1,tcp:90-92
ipset add c 10.0.0.1,sctp:5
ipset add c 10.0.0.1,47:0
ipset add c 10.0.0.1,tcp:foo
ipset add c 10.0.0.1
ipset test c 10.0.0.1,80
ipset test c 10.0.0.1,udp:80
ipset list c
ipset add d 10.0.0.0/24,tcp:80
ipset add d 10.0.0.0/24,80-81
ipset list d
ipset add e 10.0.0.1,80,10.0.0.2
ipset list e
ipset add f 10.0.0.1,80,10.0.1.0/24
ipset list f
ipset add g 10.0.0.0/24,10.0.1.0/24
ipset add g 10.0.0.1,10.0.2.0/24
ipset list g
ipset add h 10.0.0.0/24,eth0
ipset add h 10.0.0.0/24,physdev:eth1
ipset list h
ipset add i 00:11:22:33:44:55
ipset add i 0:1:2:3:4:a
ipset add i foo
ipset list i
ipset add j 10.0.0.1,0x1ff
ipset add j 10.0.0.1,5
ipset list j
ipset add k 10.0.0.5
ipset add k 10.0.1.5
ipset add k 10.0.0.10-10.0.0.12
ipset add k 10.0.0.128/30
ipset list k
ipset add l 80
ipset add l 100-102
ipset add l tcp:22
ipset add l http
ipset add l 2000
ipset list l
ipset add m 10.0.0.5,00:11:22:33:44:55
ipset add m 10.0.0.6
ipset list m
ipset add n a
ipset add n b after a
ipset add n c before b
ipset add n nope
ipset add n n
ipset test n a
ipset test n d
ipset list n
ipset add o a
ipset add o b
ipset add o c
ipset add o d
ipset add o e
ipset list o
ipset add p 10.0.5.7
ipset list p
ipset add q 10.0.0.5
ipset list q
ipset add r fd00::1
ipset add r 10.0.0.1
ipset list r
ipset add s fd00::/64
ipset test s fd00::5
ipset list s
ipset add t 10.0.0.1,00:11:22:33:44:55
ipset list t
ipset add u 10.0.0.0/24,tcp:80,10.1.0.0/24
ipset list u
ipset destroy a
ipset destroy n
ipset flush b
ipset list b
ipset rename b bb
ipset rename bb c
ipset rename nope x
ipset swap c e
ipset swap c d
ipset swap c i
ipset swap nope c
ipset destroy nope
ipset flush nope
ipset list -n
ipset -o save list k
ipset list k -o json
ipset -t list k
ipset -n list
ipset -S k
ipset version
ipset --version
ipset
ipset foo
ipset create
ipset create x
ipset create x foo
ipset create x hash:ip foo
ipset create x hash:ip timeout
ipset create x hash:ip timeout x
ipset create x hash:ip timeout 4294968
ipset create x hash:ip hashsize 100 maxelem 10
ipset create k hash:ip
ipset create c hash:ip
ipset -exist create k bitmap:ip range 10.0.0.0/24
ipset -exist create k hash:ip
ipset create x bitmap:ip
ipset create x bitmap:ip range 10.0.0.0/8
ipset create x bitmap:port
ipset create x bitmap:port range 0-65535
ipset create x1 bitmap:ip range 10.0.0.5-10.0.0.1
ipset create aaaaaaaaaabbbbbbbbbbccccccccccdd hash:ip
ipset create x2 hash:ip family inet7
ipset create x3 hash:ip netmask 0
ipset create x4 hash:net netmask 24
ipset create x5 hash:ip comment
ipset add x5 1.2.3.4 comment abc
ipset add x5 1.2.3.5 comment 'a"b'
ipset add x5 1.2.3.6 comment "it's"
ipset list x5
ipset destroy
