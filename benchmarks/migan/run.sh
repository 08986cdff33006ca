#!/usr/bin/env bash
# MI-GAN as a peer, on the CPU through ONNX Runtime:
#   benchmarks/migan/run.sh extend INPUTS OUTPUTS [--threads N]
#     extends what `outpaint evaluate --export_inputs INPUTS` wrote, about a second per photo
#   benchmarks/migan/run.sh speed [--rounds N] [--pictures N] [--photo FILE]
#     times `outpaint extend` beside it, on N pictures per core and round
# Needs Node.js 20.11 or later with npm; the first call fetches 0.4 GB from npm.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
[[ ${1:-} == extend || ${1:-} == speed ]] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2 && exit 2; }
command -v npm >/dev/null || { echo "error: npm is missing; install it (Debian: apt-get install nodejs npm)" >&2 && exit 1; }
[[ -d $here/node_modules/sharp ]] || npm install --silent --prefix "$here" >&2
exec node "$here/$1.mjs" "${@:2}"
