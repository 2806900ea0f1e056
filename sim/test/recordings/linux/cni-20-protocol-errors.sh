# title: missing variables, bad JSON, unknown versions, wrong namespaces
# area: cni
# ipv6: off

/usr/lib/cni/bridge
/usr/lib/cni/host-local
CNI_COMMAND=VERSION /usr/lib/cni/bridge
CNI_COMMAND=VERSION /usr/lib/cni/firewall
CNI_COMMAND=VERSION /usr/lib/cni/bandwidth
CNI_COMMAND=VERSION /usr/lib/cni/vrf
CNI_COMMAND=VERSION /usr/lib/cni/sbr
CNI_COMMAND=ADD /usr/lib/cni/bridge
CNI_COMMAND=DEL CNI_PATH=/usr/lib/cni /usr/lib/cni/bridge
CNI_COMMAND=CHECK CNI_IFNAME=eth0 CNI_CONTAINERID=x /usr/lib/cni/bridge
CNI_COMMAND=FROB /usr/lib/cni/bridge
echo '{"name":"n","cniVersion":"1.0.0"}' | CNI_COMMAND=FROB CNI_CONTAINERID=x CNI_IFNAME=e /usr/lib/cni/bridge
export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=c1 CNI_NETNS=/run/netns/none CNI_IFNAME=eth0
for c in '' 'x' '{' '{"a"' '{"a":1,}' '[1,2' '"' '{"name":"n"' 'nul' '1.' '{"name":"n"} x' '[]' '"s"' '3' 'null' 'true'; do echo "--- $c"; echo "$c" | CNI_COMMAND=ADD /usr/lib/cni/bridge; echo " [$?]"; done
for c in '{"name":3}' '{"name":""}' '{"name":"-x"}' '{"name":"n","cniVersion":"0.5.0"}' '{"name":"n","cniVersion":"1.1.0"}' '{"name":"n","cniVersion":7}' '{"name":"n"}'; do echo "--- $c"; echo "$c" | CNI_COMMAND=ADD /usr/lib/cni/bridge; echo " [$?]"; done
ip link del cni0
for c in '"mtu":"a"' '"mtu":1.5' '"isGateway":"yes"' '"ipam":5' '"ipam":{"type":7}' '"vlan":4095' '"vlan":-1' '"bridge":true' '"args":{"cni":{"mac":5}}' '"dns":{"nameservers":"x"}' '"dns":{"search":[1]}' '"capabilities":{"a":1}' '"prevResult":5'; do echo "--- $c"; echo "{\"name\":\"n\",\"cniVersion\":\"1.0.0\",$c}" | CNI_COMMAND=ADD /usr/lib/cni/bridge; echo " [$?]"; done
ip link del cni0
echo '{"name":"n","cniVersion":"1.0.0","type":"bridge","bridge":"br9","ipam":{}}' > /tmp/b.conf
CNI_COMMAND=ADD /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=ADD CNI_NETNS=/dev/null /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=ADD CNI_NETNS=/proc/1/status /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=DEL /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=CHECK /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=ADD CNI_IFNAME=a/b /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=ADD CNI_IFNAME=sixteencharsname /usr/lib/cni/bridge < /tmp/b.conf
CNI_COMMAND=ADD CNI_CONTAINERID='a b' /usr/lib/cni/bridge < /tmp/b.conf
echo '{"name":"n","cniVersion":"0.3.1","type":"bridge"}' | CNI_COMMAND=CHECK /usr/lib/cni/bridge
echo '{"name":"n","cniVersion":"1.x","type":"bridge"}' | CNI_COMMAND=CHECK /usr/lib/cni/bridge
echo '{"name":"n","cniVersion":"2.0.0","type":"bridge"}' | CNI_COMMAND=CHECK /usr/lib/cni/bridge
echo '{"name":"n","cniVersion":"0.3.1","type":"firewall"}' | CNI_COMMAND=ADD /usr/lib/cni/firewall
