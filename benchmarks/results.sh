#!/usr/bin/env bash
# Measures the shipped weights beside the baselines, OpenCV and MI-GAN, all on the same inputs and in one run, and
# brings the figures of README.md, docs/evaluation.md and weights/README.md and the README's picture up to date:
#   benchmarks/results.sh PHOTOS LPIPS_WEIGHTS INCEPTION_WEIGHTS
# PHOTOS is a folder or a .tar shard. Needs Debian's python3-opencv, nodejs and npm. The peers' outputs stay in
# artifacts/results (a second per photo the first time); the report is artifacts/results/*/evaluation/report.html.
set -euo pipefail
(($# == 3)) || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2 && exit 2; }
photos=$(realpath "$1") lpips=$(realpath "$2") inception=$(realpath "$3")
cd "$(dirname "$(readlink -f "$0")")/.."
# Between small tensors the threads of OpenMP spin, which on a busy machine takes several times as long.
export OMP_WAIT_POLICY=passive

# Other photos have other inputs.
work=artifacts/results/$(find "$photos" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha1sum | sed 's# .*/# #' | sha1sum | cut -c1-12)
inputs=$work/inputs
if [[ ! -d $inputs ]]; then
  rm -rf "$inputs.new"
  ./outpaint evaluate --data_path "$photos" --export_inputs "$inputs.new"
  mv "$inputs.new" "$inputs"
fi

python=${PYTHON:-/usr/bin/python3}
"$python" benchmarks/opencv_inpaint.py "$inputs" "$work/OpenCV Telea" --method telea
"$python" benchmarks/opencv_inpaint.py "$inputs" "$work/OpenCV Navier-Stokes" --method ns
benchmarks/migan/run.sh extend "$inputs" "$work/MI-GAN"
./outpaint evaluate --data_path "$photos" --baselines \
  --peer "$work/OpenCV Telea" --peer "$work/OpenCV Navier-Stokes" --peer "$work/MI-GAN" \
  --lpips_weights "$lpips" --inception_weights "$inception" --output_dir "$work/evaluation"

# First of all that is changed here: the table names the commit, and whether the tree has changes of its own.
"$python" benchmarks/insert_results.py "$work/evaluation/results.md" README.md docs/evaluation.md weights/README.md

./outpaint extend samples/aitzgorri.jpg --output_dir "$work/hero" --overwrite
"$python" benchmarks/hero.py samples/aitzgorri.jpg "$work/hero/aitzgorri_outpainted.jpg" docs/images/hero.jpg
