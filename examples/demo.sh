#!/bin/sh
# The main jobs, shown: demo.sh SECRETWATCH compiles the six-line spec to every target, prints its filters, and lints a
# template of somebody else.
set -eu
secretwatch=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
spec=$(dirname "$0")/minimal/secretwatch.yaml

echo
echo "--- the spec -----------------------------------------------------------------"
cat "$spec"
echo
echo "--- secretwatch compile --to all ---------------------------------------------"
"$secretwatch" compile "$spec" --to all -o "$folder" | while read -r file; do
  printf '%7s bytes  %s\n' "$(wc -c <"$file")" "${file#"$folder"/}"
done
echo
echo "--- a part of the CloudFormation template ------------------------------------"
sed -n '/--- Alert: read/,/^Outputs/p' "$folder/cloudformation/template.yaml" | sed '/^Outputs/d'
echo "--- secretwatch filters ------------------------------------------------------"
"$secretwatch" filters "$spec"
echo
echo "--- secretwatch lint: a template as a tutorial has it ------------------------"
cd "$(dirname "$0")/.."
"$secretwatch" lint docs/lint/tutorial.yaml && exit 1
echo
echo "--- secretwatch lint --fix --dry-run -----------------------------------------"
"$secretwatch" lint docs/lint/tutorial.yaml --fix --dry-run && exit 1
echo
echo "The first part stands in examples/minimal/, the second in docs/lint.md. Next: README.md, or secretwatch init."
