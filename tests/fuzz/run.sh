#!/bin/sh
# run.sh BUILD_DIR [SECONDS]: each fuzzer for so long (60), from the examples on. A finding stays in BUILD_DIR/findings and
# belongs into tests/unit as an ordinary test.
set -eu
build=$1
seconds=${2:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
for target in spec pattern cover events gzip index template lint hcl; do
  mkdir -p "$build/findings" "$build/corpus/$target"
done
cp "$root"/tests/unit/load/*.yaml "$build/corpus/template"
cp "$root"/tests/unit/load/*.yaml "$root"/tests/lint/fixtures/*.yaml "$build/corpus/lint"
cp "$root"/examples/*/terraform/*.tf "$build/corpus/hcl"
cp "$root"/tests/unit/model/compiler_only/*.yaml "$build/corpus/spec"
for spec in "$root"/examples/*/secretwatch.yaml; do
  cp "$spec" "$build/corpus/spec/$(basename "$(dirname "$spec")").yaml"
  for target in template lint; do
    cp "$(dirname "$spec")"/cloudformation/template.json "$build/corpus/$target/$(basename "$(dirname "$spec")").json"
  done
done
for events in "$root"/examples/*/*.jsonl "$root"/examples/*/*.json; do
  if [ -f "$events" ]; then
    { printf 'x'; head -c 4000 "$events"; } >"$build/corpus/events/$(basename "$events")"
    gzip -c "$events" | tail -c +3 >"$build/corpus/gzip/$(basename "$events")"
  fi
done
for target in spec pattern cover events gzip index template lint hcl; do
  dictionary=$root/tests/fuzz/$target.dict
  [ "$target" = index ] && dictionary=$root/tests/fuzz/pattern.dict
  [ "$target" = lint ] && dictionary=$root/tests/fuzz/template.dict
  [ "$target" = gzip ] && dictionary=$root/tests/fuzz/gzip.dict
  "$build/tests/fuzz/${target}_fuzzer" "$build/corpus/$target" -dict="$dictionary" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$build/findings/$target-" -print_final_stats=1 2>&1 |
    grep -E 'stat::number_of_executed|ERROR|SUMMARY|DONE'
done
