#!/usr/bin/env bash
# Extends the inputs of `outpaint evaluate --export_inputs DIR` with MI-GAN (about a second per photo):
#   benchmarks/migan/run.sh INPUTS OUTPUTS [--threads N]
# Needs Node.js 20 or later with npm; the first call fetches 0.4 GB from npm.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
[[ -d $here/node_modules ]] || npm install --silent --prefix "$here" >&2
exec node "$here/extend.mjs" "$@"
