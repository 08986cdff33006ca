#!/usr/bin/env bash
# Measures the shipped weights beside MI-GAN on larger photos, squares of Debian's wallpapers, from 256 to 384 and from 512 to
# 768 pixels, and, in several steps, from 200 to 600, and prints a table for each; with sides, from 512 to 768 on these alone:
#   benchmarks/wallpapers.sh LPIPS_WEIGHTS INCEPTION_WEIGHTS [left | right,bottom | ...]
# Fetches 0.2 GB with apt (nothing is installed). Needs Debian's python3-pil, nodejs and npm. What was fetched and MI-GAN's
# outputs stay in artifacts/wallpapers; the reports are artifacts/wallpapers/*/evaluation/report.html.
set -euo pipefail
(($# >= 2)) || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2 && exit 2; }
lpips=$(realpath "$1") inception=$(realpath "$2")
shift 2
cd "$(dirname "$(readlink -f "$0")")/.."
# Between small tensors the threads of OpenMP spin, which on a busy machine takes several times as long.
export OMP_WAIT_POLICY=passive

work=artifacts/wallpapers squares=artifacts/wallpapers/squares
if [[ ! -d $squares ]]; then
  rm -rf "$work" && mkdir -p "$work/unpacked"
  (cd "$work" && apt-get download mate-backgrounds plasma-workspace-wallpapers lomiri-wallpapers-16.04 lomiri-wallpapers-20.04)
  for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/unpacked"; done
  "${PYTHON:-/usr/bin/python3}" benchmarks/wallpapers.py "$work/unpacked" "$squares.new"
  mv "$squares.new" "$squares"
fi

tests=("256 0.5" "512 0.5" "200 2")
(($# > 0)) && tests=("${@/#/512 0.5 }")
for test in "${tests[@]}"; do
  read -r side ratio sides <<<"$test"
  folder=$work/$side${sides:+-$sides}
  inputs=$folder/inputs
  protocol=(--data_path "$squares" --known_size "$side" --extension_ratio "$ratio" ${sides:+--sides "$sides"})
  if [[ ! -d $inputs ]]; then
    rm -rf "$inputs.new"
    ./outpaint evaluate "${protocol[@]}" --export_inputs "$inputs.new"
    mv "$inputs.new" "$inputs"
  fi
  benchmarks/migan/run.sh extend "$inputs" "$folder/MI-GAN"
  ./outpaint evaluate "${protocol[@]}" --baselines --peer "$folder/MI-GAN" \
    --lpips_weights "$lpips" --inception_weights "$inception" --output_dir "$folder/evaluation"
done
