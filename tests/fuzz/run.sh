#!/bin/sh
# run.sh BUILD_DIR [SECONDS]: each fuzzer for so long (60), from the examples on. A finding stays in BUILD_DIR/findings and
# belongs into tests/unit as an ordinary test.
set -eu
build=$1
seconds=${2:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$build/findings" "$build/corpus/spec" "$build/corpus/pattern" "$build/corpus/hcl"
cp "$root"/tests/unit/model/compiler_only/*.yaml "$build/corpus/spec"
for spec in "$root"/examples/*/secretwatch.yaml; do
  cp "$spec" "$build/corpus/spec/$(basename "$(dirname "$spec")").yaml"
done
cp "$root"/examples/*/terraform/*.tf "$build/corpus/hcl" 2>/dev/null || true
for target in spec pattern hcl; do
  "$build/tests/fuzz/${target}_fuzzer" "$build/corpus/$target" -dict="$root/tests/fuzz/$target.dict" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$build/findings/$target-" -print_final_stats=1 2>&1 |
    grep -E 'stat::number_of_executed|ERROR|SUMMARY|DONE'
done
