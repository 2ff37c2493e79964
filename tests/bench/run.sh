#!/bin/sh
# run.sh BUILD_DIR: records the figures; judges nothing. Whole-process times are medians of 11 runs, memory is the peak
# resident set.
set -eu
build=$1
secretwatch=$build/src/secretwatch
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$build/tests/bench/make_specs" "$folder"

now_ms() { date +%s%N | sed 's/......$//'; }

# median MS of 11 runs of "$@"; exit codes do not matter here
median() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11; do
    begin=$(now_ms)
    "$@" >/dev/null 2>&1 || true
    echo $(($(now_ms) - begin))
  done | sort -n | sed -n 6p
}

peak_kb() {
  if [ -x /usr/bin/time ]; then
    /usr/bin/time -f %M -o "$folder/peak" "$@" >/dev/null 2>&1 || true
    tail -n 1 "$folder/peak"
  else
    echo "?"
  fi
}

row() {
  name=$1
  shift
  printf '%-58s %6s ms %8s kB\n' "$name" "$(median "$@")" "$(peak_kb "$@")"
}

echo "whole process"
row "compile minimal to cloudformation" "$secretwatch" compile "$folder/minimal.yaml" --to cloudformation
row "compile minimal to terraform" "$secretwatch" compile "$folder/minimal.yaml" --to terraform
row "compile 90 filters, per secret, to all five" "$secretwatch" compile "$folder/ninety-per-secret.yaml" --to all -o "$folder/out1"
row "compile 90 filters, per alert, to all five" "$secretwatch" compile "$folder/ninety-per-alert.yaml" --to all -o "$folder/out2"
row "validate 100 secrets, 90 selected" "$secretwatch" validate "$folder/hundred-90.yaml"
row "validate 10,000 secrets, 90 selected" "$secretwatch" validate "$folder/ten-thousand-90.yaml"
row "validate 10,000 secrets, all selected (the quota error)" "$secretwatch" validate "$folder/ten-thousand-all.yaml"
if command -v cfn-lint >/dev/null; then
  "$secretwatch" compile "$folder/minimal.yaml" --to cloudformation -o "$folder/lint" >/dev/null 2>&1
  ours=$(median "$secretwatch" compile "$folder/minimal.yaml" --to cloudformation)
  theirs=$(median cfn-lint "$folder/lint/cloudformation/template.yaml")
  echo "cfn-lint on the same template: $theirs ms; compiling it: $ours ms"
else
  echo "cfn-lint: not run (not installed)"
fi
echo
echo "inside the process"
"$build/tests/bench/compile_bench" --benchmark_min_time=0.5 2>/dev/null
