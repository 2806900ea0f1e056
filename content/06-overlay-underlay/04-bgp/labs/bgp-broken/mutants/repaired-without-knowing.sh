# fails: cause
# on: node02
birdc down
cat > /etc/bird/bird.conf <<'END'
log "/var/log/bird.log" all;
router id 192.168.2.12;
protocol device { scan time 2; }
protocol direct { ipv4; interface "cni0"; }
protocol kernel { ipv4 { export none; }; }
protocol bgp tor01 {
  local 192.168.2.12 as 64602;
  neighbor 192.168.2.1 as 64512;
  ipv4 { import all; export where source = RTS_DEVICE; };
}
END
sleep 2
bird
# on: tor01
sed -i 's/^protocol kernel.*/protocol kernel { ipv4 { export all; }; }/' /etc/bird/bird.conf
birdc configure
sleep 20
