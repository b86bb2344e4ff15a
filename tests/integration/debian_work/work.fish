# work.fish - functions, pipes, jobs and children of the fish shell; inputs.py makes the file words.
function count_words; string split ' ' -- $argv | string match -r '[a-z]+' | sort | uniq -c | sort -rn | head -n 3; end
set -l all
for i in (seq 400); set -a all (math "$i * 7 % 31") (string repeat -n 3 (string sub -l 2 owner$i)); end
echo (count $all) (string join , $all | string length)
for i in (seq 12); count_words (cat words) ; end
for i in 1 2 3; sh -c "exit $i" &; end; wait
set -l sums (for i in (seq 60); echo $i | read -l x; math $x ^ 2; end); echo $sums
echo (sh -c 'kill -9 $$'; echo $status) | cat
function fib; test $argv[1] -lt 2; and echo $argv[1]; and return; math (fib (math $argv[1] - 1)) + (fib (math $argv[1] - 2)); end
fib 9
