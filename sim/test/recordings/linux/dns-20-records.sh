# title: dns-20-records
# area: dns
# ipv6: off

ip netns add a; ip netns add b
ip link add eth0 netns a address 02:00:00:00:00:0a type veth peer name eth0 netns b address 02:00:00:00:00:0b
ip -n a addr add 10.0.0.1/24 dev eth0; ip -n b addr add 10.0.0.2/24 dev eth0
ip -n a link set eth0 up; ip -n b link set eth0 up; ip -n a link set lo up; ip -n b link set lo up
ip netns exec b dnsmasq --no-resolv --no-hosts --port=53 --address=/web.lab/10.9.0.1 --address=/block.lab/ --host-record=db.lab,10.9.0.5 --cname=www.lab,db.lab --mx-host=lab,mail.lab,10 --txt-record=lab,"v=spf1 -all" --srv-host=_http._tcp.lab,db.lab,80,1,2 --ptr-record=9.0.9.10.in-addr.arpa,nine.lab --local=/lab/ --pid-file=/tmp/d.pid
D="ip netns exec a dig @10.0.0.2"
$D web.lab | grep -v -e '^;; WHEN' -e DiG
$D x.web.lab +short
$D block.lab +noall +comments
$D db.lab +short
$D www.lab +noall +answer
$D www.lab CNAME +short
$D lab MX +short
$D lab TXT +short
$D _http._tcp.lab SRV +short
$D -x 10.9.0.9 +short
$D -x 10.9.0.5 +short
$D -x 10.9.0.5 +noall +comments
$D nosuch.lab +noall +comments
$D other.org +noall +comments
$D db.lab AAAA +noall +comments
$D db.lab ANY +noall +answer
$D db.lab NS +noall +comments +question
$D . NS +noall +comments
$D db.lab +tcp +short
$D db.lab +noedns +noall +comments +stats | grep -v -e WHEN -e time
$D db.lab +bufsize=512 +noall +comments
$D db.lab +norec +noall +comments
$D db.lab +ttlid +noall +answer
$D db.lab +nottlid +noall +answer
$D db.lab +nocmd +nostats +nocomments
$D db.lab +nostats +noquestion | grep -v DiG
$D db.lab +multiline +noall +answer
$D db.lab +bogus
$D db.lab +qr +noall +comments
$D db.lab +cmd +noall +answer
$D db.lab +time=1 +tries=1 -p 5353
$D db.lab -t A -c IN +short
$D -q db.lab -t MX +noall +comments
$D db.lab BOGUS +noall +question
$D db.lab web.lab +short
$D db.lab A db.lab MX +noall +question
$D version.bind CH TXT +short
$D db.lab -b 10.0.0.1 +short
$D db.lab +domain=org +noall +question
$D db.lab -4 +short
$D db.lab -6 +short
ip netns exec a dig @10.0.0.77 db.lab +time=1 +tries=1
ip netns exec a dig @nosuch.host db.lab
ip netns exec a host db.lab 10.0.0.2
ip netns exec a host www.lab 10.0.0.2
ip netns exec a host -t MX lab 10.0.0.2
ip netns exec a host -t TXT lab 10.0.0.2
ip netns exec a host nosuch.lab 10.0.0.2
ip netns exec a host 10.9.0.9 10.0.0.2
ip netns exec a host 10.9.0.77 10.0.0.2
ip netns exec a host -t BOGUS db.lab 10.0.0.2
ip netns exec a host
ip netns exec a nslookup db.lab 10.0.0.2
ip netns exec a nslookup www.lab 10.0.0.2
ip netns exec a nslookup nosuch.lab 10.0.0.2
ip netns exec a nslookup -type=MX lab 10.0.0.2
ip netns exec a nslookup -type=TXT lab 10.0.0.2
ip netns exec a nslookup -type=SRV _http._tcp.lab 10.0.0.2
ip netns exec a nslookup 10.9.0.9 10.0.0.2
ip netns exec a nslookup 10.9.0.77 10.0.0.2
ip netns exec a nslookup -type=AAAA db.lab 10.0.0.2
ip netns exec a nslookup db.lab 10.0.0.77 -timeout=1
mkdir -p /etc/netns/a; echo nameserver 10.0.0.2 > /etc/netns/a/resolv.conf; echo search lab >> /etc/netns/a/resolv.conf
ip netns exec a getent hosts db
ip netns exec a getent ahosts db
ip netns exec a getent ahostsv4 www
ip netns exec a getent hosts nosuch
ip netns exec a ping -c 1 -W 1 db
ip netns exec a dig db +search +short
ip netns exec a dig db +short
ip netns exec a nslookup db
ip netns exec a host db
kill $(cat /tmp/d.pid)
ip netns exec a host db
