# title: multiport: forms and errors
# area: iptables
# settle: 0
iptables -t filter -A INPUT -p tcp -m multiport --sports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -m multiport --sports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -m multiport --dports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -m multiport --ports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p sctp -m multiport --sports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p sctp -m multiport --dports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p dccp -m multiport --sports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p dccp -m multiport --dports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udplite -m multiport --sports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udplite -m multiport --dports 53,1024:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --sports 1024:65536
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -m multiport --sports 1024:65536
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --ports 1024:65536
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -m multiport --ports 1024:65536
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --ports 1,2,3,4,6,7,8,9,10,11,12,13,14,15
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp --multiport
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m multiport
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 80,443,8000:8080
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --sports http,https
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --ports 1,2,3
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udp -m multiport ! --dports 53,67:68
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --destination-ports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --source-ports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --destination-port 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --source-port 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --port 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport ! --ports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --sports 1:2 --dports 3
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1 --dports 2
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p icmp -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports foo
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 70000
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 200:100
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1:2:3
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1,,2
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1,2,
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports ""
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1:2,3:4,5:6,7:8,9:10,11:12,13:14,15
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 1:2,3:4,5:6,7:8,9:10,11:12,13:14,15:16
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p sctp -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p udplite -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p dccp -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT ! -p tcp -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p 6 -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p all -m multiport --dports 80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports http:443
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports :80
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 80:
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 0:65535
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
iptables -t filter -A INPUT -p tcp -m multiport --dports 80,443 -m tcp --sport 5 -j ACCEPT
iptables -t filter -S INPUT; iptables -t filter -nvL INPUT | tail -n +3; iptables -t filter -L INPUT | tail -n +3
nft list table ip filter 2>/dev/null | sed -n 4p; iptables -t filter -F INPUT
