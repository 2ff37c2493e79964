#!/bin/sh
# lint.sh BUILD_DIR: records the figures of lint; judges nothing. The templates are made, the same each time; the page
# cache is warm; whole-process times are medians of 11 runs, memory is the peak resident set. Needs GNU time
# (/usr/bin/time), and cfn-lint for the comparison.
set -eu
build=$1
secretwatch=$build/src/secretwatch
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$build/tests/bench/make_templates" "$folder"

# measure COMMAND...: median wall time in ms and peak memory in kB
measure() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11; do
    begin=$(date +%s%N)
    "$@" >/dev/null 2>&1 || true
    echo $((($(date +%s%N) - begin) / 1000))
  done | sort -n | sed -n 6p >"$folder/median"
  /usr/bin/time -f %M -o "$folder/peak" "$@" >/dev/null 2>&1 || true
  echo "$(cat "$folder/median") $(tail -n 1 "$folder/peak")"
}

row() {
  name=$1
  shift
  measure "$@" | awk -v name="$name" '{ printf "%-54s %8.1f ms %8d kB\n", name, $1 / 1000, $2 }'
}

row "a template of $(wc -l <"$folder/example.yaml") lines" "$secretwatch" lint "$folder/example.yaml"
if command -v cfn-lint >/dev/null; then
  row "cfn-lint on it" cfn-lint "$folder/example.yaml"
else
  echo "cfn-lint: not run (not installed)"
fi
row "1,000 files of 10 KB, two threads" "$secretwatch" lint -j 2 "$folder/files"
row "1,000 files of 10 KB, one thread" "$secretwatch" lint -j 1 "$folder/files"
row "plan JSON of $(($(wc -c <"$folder/plan.json") / 1000000)) MB" "$secretwatch" lint "$folder/plan.json"
for resources in 125 250 500 1000 2000; do
  row "$resources resources, 40 conditions, JSON" "$secretwatch" lint "$folder/$resources-resources.json"
  row "$resources resources, 40 conditions, YAML" "$secretwatch" lint "$folder/$resources-resources.yaml"
done
for conditions in 0 10 40 160; do
  row "500 resources, $conditions conditions, JSON" "$secretwatch" lint "$folder/500-resources-$conditions-conditions.json"
done
