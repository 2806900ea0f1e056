# title: a conflist run by a loop in bash, as a runtime runs it
# area: cni
# ipv6: off

ip netns add pod
mkdir -p /etc/cni/net.d
cat > /etc/cni/net.d/10-net.conflist <<END
{ "cniVersion": "0.4.0", "name": "net", "plugins": [
  { "type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": true, "ipam": { "type": "host-local", "subnet": "10.43.0.0/24", "routes": [ { "dst": "0.0.0.0/0" } ] } },
  { "type": "firewall" },
  { "type": "tuning", "sysctl": { "net.core.somaxconn": "500" } },
  { "type": "portmap", "capabilities": { "portMappings": true } } ] }
END

export CNI_PATH=/usr/lib/cni CNI_CONTAINERID=pod1 CNI_NETNS=/run/netns/pod CNI_IFNAME=eth0
run() {
  local L=/etc/cni/net.d/10-net.conflist i n prev=null rc=0
  n=$(jq '.plugins | length' $L)
  for ((i = 0; i < n; i++)); do
    k=$i; [ $1 = DEL ] && k=$((n - 1 - i))
    conf=$(jq -c --argjson p "$prev" ". as \$l | {cniVersion,name} + .plugins[$k] + (if \$p then {prevResult:\$p} else {} end) + {runtimeConfig:{portMappings:[{hostPort:7000,containerPort:80,protocol:\"tcp\"}]}}" $L)
    out=$(CNI_COMMAND=$1 $CNI_PATH/$(jq -r ".plugins[$k].type" $L) <<< "$conf") || { echo "failed: $out"; return 1; }
    [ $1 = ADD ] && prev=$out
  done
  echo "$prev"
}

run ADD | jq -c '.ips, .routes, [.interfaces[].name | sub("veth.*"; "veth")]'
ip -n pod -br addr show eth0
ip netns exec pod sysctl net.core.somaxconn
iptables -t nat -S | grep -c CNI
iptables -S FORWARD
ip netns exec pod serve 80 pod > /dev/null 2>&1 &
sleep 0.3
curl -sS -m 1 http://10.43.0.1:7000/
run DEL
ip -n pod -br link
iptables -t nat -S | grep -c CNI
ls /var/lib/cni/networks/net
run DEL
