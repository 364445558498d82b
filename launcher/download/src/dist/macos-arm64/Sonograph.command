#!/bin/sh
# Double-clicked: starts everything in this window, or shows the page that says where to get Java.
cd "$(dirname "$0")" || exit 1
code=0
./sonograph --version >/dev/null || code=$?
if [ "$code" -eq 69 ]; then
  open needs-java.html
  exit 69
fi
exec ./sonograph
