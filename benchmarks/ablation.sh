#!/usr/bin/env bash
# Trains one run per file of configs/ and one with the defaults, all from the same weights, for the same number of
# images, and prints a Markdown table of their validation:
#   benchmarks/ablation.sh PHOTOS VAL_PHOTOS RESNET_WEIGHTS LPIPS_WEIGHTS INCEPTION_WEIGHTS [CONFIG...]
# IMAGES (1000), SIZE (96), BATCH (10), LR (0.0002), VAL (100), SEED (0) and INIT (weights/outpaint.safetensors) change
# the budget; the average that is scored forgets half after a twentieth of it. CONFIG names the ablations, such as
# "r1 cosine" (all of them). Finished runs in WORK are not done again.
set -euo pipefail
(($# >= 5)) || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2 && exit 2; }
photos=$(realpath "$1") val=$(realpath "$2") resnet=$(realpath "$3") lpips=$(realpath "$4") inception=$(realpath "$5")
shift 5
cd "$(dirname "$(readlink -f "$0")")/.."
images=${IMAGES:-1000} batch=${BATCH:-10}
work=${WORK:-artifacts/ablation}
# Between small tensors the threads of OpenMP spin, which on a busy machine takes several times as long.
export OMP_WAIT_POLICY=passive

train() { # NAME [ARGUMENTS...]
  local run=$work/$1
  shift
  [[ ! -f $run/done ]] || return 0
  rm -rf "$run"
  ./outpaint train --data_path "$photos" --val_path "$val" --output_dir "$run" \
    --init_weights "${INIT:-weights/outpaint.safetensors}" --discriminator_width "${DISCRIMINATOR_WIDTH:-48}" \
    --image_size "${SIZE:-96}" --batch_size "$batch" --max_steps $((images / batch)) --epochs 1000 --lr "${LR:-0.0002}" \
    --beta2 0.99 --warm_up_steps 0 --ema_half_life $((images / 20)) --seed "${SEED:-0}" \
    --validate_photos "${VAL:-100}" --validate_every 1000000000 --checkpoint_minutes 1000000 --sample_every 1000000000 \
    --resnet_weights "$resnet" --lpips_weights "$lpips" --inception_weights "$inception" "$@" >&2
  touch "$run/done"
}

row() { # NAME TITLE
  python3 - "$work/$1/metrics.jsonl" "$2" <<'PYTHON'
import json, sys
last = json.loads(open(sys.argv[1]).read().splitlines()[-1])
figures = [("lpips", 4), ("fid768", 3), ("psnr", 2), ("ssim", 3), ("texture", 2), ("seam", 2), ("mirror", 2)]
print(f"| {sys.argv[2]} | " + " | ".join(f"{last['val/' + name]:.{digits}f}" for name, digits in figures) + " |", flush=True)
PYTHON
}

(($# > 0)) || { shopt -s nullglob && set -- configs/*.args; }
echo "| run | LPIPS | FID-768 | PSNR | SSIM | texture | seam | mirror |"
echo "|---|---|---|---|---|---|---|---|"
train default
row default "the defaults"
for config; do
  name=$(basename "$config" .args)
  train "$name" "@configs/$name.args"
  row "$name" "[$name](../configs/$name.args)"
done
