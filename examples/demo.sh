#!/bin/sh
# The main job, shown: demo.sh SECRETWATCH compiles the six-line spec to every target and prints its filters.
set -eu
secretwatch=$1
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
echo "All of it stands in examples/minimal/. Next: README.md, or secretwatch init."
