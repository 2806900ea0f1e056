# title: jobs that end by themselves, and the process of a pipeline in the background
# area: bash
# ipv6: off

sleep 0.3 &
sleep 0.6
jobs
wait %1
echo $?
sleep 0.2 & sleep 5 &
sleep 0.5
jobs
wait %1; echo "w1 $?"
kill %2
sleep 0.2
jobs
wait %2; echo "w2 $?"
(exit 3) &
sleep 0.2
wait $!; echo "pid $?"
sleep 0.1 | sleep 10 &
echo "$(ps -o comm= -p $!)"
kill $!
sleep 0.2
ps -o comm= | grep -c sleep
sleep 9 | cat > /dev/null &
ps -o comm= -p $!
kill %1
sleep 0.1
jobs -l | wc -l
false &
wait; echo "all $?"
true &
wait %%; echo "cur $?"
sleep 0.1 &
wait %2; echo "$?"
jobs
