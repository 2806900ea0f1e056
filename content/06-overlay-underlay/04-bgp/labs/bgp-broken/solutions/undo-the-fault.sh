# answer: cause ${fault}
# on: node02
cd /etc/bird
case ${fault} in
  wrong-as) sed -i 's/local as 64620/local as 64602/' bird.conf; birdc configure ;;
  wrong-neighbour) sed -i 's/192.168.2.11 as/192.168.2.1 as/' bird.conf; birdc configure ;;
  not-exported) sed -i 's/source = RTS_DEVICE/proto = "pods"/' bird.conf; birdc configure ;;
  wrong-range) sed -i 's#route 10.24.2.0/24#route ${pods2}#' bird.conf; birdc configure ;;
  not-running) bird ;;
esac
# on: tor01
case ${fault} in
  not-installed) sed -i 's/^protocol kernel.*/protocol kernel { ipv4 { export all; }; }/' /etc/bird/bird.conf; birdc configure ;;
esac
