# fails: established, learnt, pod1-to-pod2, comes-back
# answer: as-path tor-node02
cat > /etc/bird/bird.conf <<'END'
router id 192.168.1.11;
protocol device { scan time 2; }
protocol direct { ipv4; interface "cni0"; }
protocol kernel { ipv4 { export where source = RTS_BGP; }; }
protocol bgp tor01 {
  local as ${as1};
  neighbor 192.168.1.1 as 64512;
  ipv4 { import all; export where source = RTS_DEVICE; };
}
END
bird
# on: node02
cat > /etc/bird/bird.conf <<'END'
router id 192.168.2.12;
protocol device { scan time 2; }
protocol direct { ipv4; interface "cni0"; }
protocol kernel { ipv4 { export where source = RTS_BGP; }; }
protocol bgp tor01 {
  local as 64699;
  neighbor 192.168.2.1 as 64512;
  ipv4 { import all; export where source = RTS_DEVICE; };
}
END
bird
