# title: iptables-restore beside rules that are there
# area: iptables
iptables -A INPUT -s 10.0.0.1 -j ACCEPT
iptables -N KUBE
iptables -A KUBE -s 10.0.0.2 -j RETURN
iptables -t nat -A PREROUTING -j RETURN
printf '*filter\n:KUBE - [0:0]\n:KUBE2 - [0:0]\n-A KUBE -j KUBE2\n-A KUBE2 -m comment --comment "two" -j DROP\nCOMMIT\n' | iptables-restore --noflush
iptables-save
printf '*filter\n:KUBE2 - [0:0]\n-F KUBE\n-X KUBE2\nCOMMIT\n' | iptables-restore --noflush
iptables-save
printf '*filter\n-X KUBE2\nCOMMIT\n' | iptables-restore --noflush
printf '*filter\n-X KUBE2\nCOMMIT\n' | iptables-restore -n
iptables-save -t filter
printf '*filter\n:INPUT DROP [3:4]\n-A INPUT -j ACCEPT\nCOMMIT\n' | iptables-restore -n -c
iptables -S
printf '*filter\n-D INPUT -s 10.0.0.1 -j ACCEPT\n-D INPUT -s 10.0.0.1 -j ACCEPT\nCOMMIT\n' | iptables-restore -n
iptables -S
printf '*filter\n-A INPUT -s 10.0.0.7\nCOMMIT\n*nat\n-A POSTROUTING -j NOPE\nCOMMIT\n' | iptables-restore -n
iptables -S
iptables -t nat -S
printf '*filter\n-A INPUT -s 10.0.0.8\nCOMMIT\n*mangle\n-A INPUT -j ACCEPT\nCOMMIT\n' | iptables-restore -T mangle
iptables -S
iptables -t mangle -S
printf '*filter\n-L\n-S INPUT\nCOMMIT\n' | iptables-restore -n
printf '*filter\n-Z\n-P INPUT ACCEPT\n-E KUBE CUBE\nCOMMIT\n' | iptables-restore -n
iptables -S
printf '*filter\n-N KUBE\n-N KUBE\nCOMMIT\n' | iptables-restore -n
printf '*filter\n-N A1\n-I A1 -j RETURN\n-R A1 1 -j DROP\n-R A1 2 -j DROP\nCOMMIT\n' | iptables-restore -n
printf '\n\n# c\n*filter\n\n-A INPUT -s 10.0.0.9\n# d\nCOMMIT\n# e\n' | iptables-restore -n -v
iptables -S INPUT
printf '*filter\n:INPUT ACCEPT\n:NEW1 -\n-A NEW1 -j ACCEPT\nCOMMIT\n' | iptables-restore -v
iptables -S
printf '*nat\nCOMMIT' | iptables-restore
iptables -t nat -S
nft list ruleset
