#!/bin/sh
# match.sh BUILD_DIR [MEGABYTES]: records the figures of match; judges nothing. The events are made, the same each time;
# the page cache is warm; of each command the fastest of 7 runs counts. Needs GNU time (/usr/bin/time) and gzip, and jq
# for the comparison.
set -eu
build=$1
megabytes=${2:-250}
secretwatch=$build/src/secretwatch
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
events=$folder/events.jsonl
"$build/tests/bench/make_events" "$megabytes" "$events"
gzip -k -6 "$events"
# As CloudTrail writes them to S3: many members, none of them large.
split -l 2000 --filter='gzip -c -6' "$events" >"$folder/members.jsonl.gz"
size=$(wc -c <"$events")

one='{ $.eventName = "GetSecretValue" }'
watch='{ $.eventSource = "secretsmanager.amazonaws.com" && (($.eventName = "GetSecretValue" && ($.requestParameters.secretId = "prod/svc-N/password" || $.requestParameters.secretId = "*:secret:prod/svc-N/password" || $.requestParameters.secretId = "*:secret:prod/svc-N/password-*")) || ($.eventName = "BatchGetSecretValue" && ($.requestParameters.secretIdList[*] = "prod/svc-N/password" || $.requestParameters.secretIdList[*] = "*:secret:prod/svc-N/password" || $.requestParameters.secretIdList[*] = "*:secret:prod/svc-N/password-*"))) }'
for count in 100 1000; do
  i=0
  while [ "$i" -lt "$count" ]; do
    echo "$watch" | sed "s/svc-N/svc-$i/g"
    i=$((i + 1))
  done >"$folder/$count.txt"
done

# row NAME COMMAND...: fastest wall and processor time, rate by the wall clock, peak memory
row() {
  name=$1
  shift
  for _ in 1 2 3 4 5 6 7; do
    /usr/bin/time -f '%e %U %S %M' -o "$folder/time" "$@" >/dev/null 2>&1 || true
    tail -n 1 "$folder/time"
  done | awk -v name="$name" -v size="$size" '
    { cpu = $2 + $3; if (NR == 1 || $1 < wall) wall = $1; if (NR == 1 || cpu < best) best = cpu; if ($4 > peak) peak = $4 }
    END { printf "%-46s %6.2f s wall %6.2f s processor %7.2f GB/s %8d kB\n", name, wall, best, size / wall / 1e9, peak }'
}

echo "$size bytes, $(wc -l <"$events") events; gzip $(wc -c <"$events.gz"), many members $(wc -c <"$folder/members.jsonl.gz")"
row "one pattern, one thread" "$secretwatch" match -j 1 --count "$one" "$events"
row "one pattern, two threads" "$secretwatch" match -j 2 --count "$one" "$events"
row "100 filters, one thread" "$secretwatch" match -j 1 --count --patterns "$folder/100.txt" "$events"
row "1,000 filters, one thread" "$secretwatch" match -j 1 --count --patterns "$folder/1000.txt" "$events"
row "1,000 filters, two threads" "$secretwatch" match -j 2 --count --patterns "$folder/1000.txt" "$events"
row "every event printed, one thread" "$secretwatch" match -j 1 "" "$events"
row "a term, one thread" "$secretwatch" match -j 1 --count '"GetSecretValue"' "$events"
row "gzip, expanded only" "$build/tests/bench/expand" "$events.gz"
row "gzip, one pattern, one thread" "$secretwatch" match -j 1 --count "$one" "$events.gz"
row "gzip, one pattern, two threads" "$secretwatch" match -j 2 --count "$one" "$events.gz"
row "gzip of many members, expanded only" "$build/tests/bench/expand" "$folder/members.jsonl.gz"
row "gzip of many members, one pattern, one thread" "$secretwatch" match -j 1 --count "$one" "$folder/members.jsonl.gz"
row "gzip of many members, one pattern, two threads" "$secretwatch" match -j 2 --count "$one" "$folder/members.jsonl.gz"
if command -v jq >/dev/null; then
  row "jq, the one pattern" jq -c 'select(.eventName == "GetSecretValue")' "$events"
else
  echo "jq: not run (not installed)"
fi
