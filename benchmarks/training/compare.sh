#!/usr/bin/env bash
# Images per second of `outpaint train` beside the same step in PyTorch, in turn, on this machine:
#   benchmarks/training/compare.sh [ROUNDS]
# Prints each round and the median ratios. Needs PyTorch for the reference (Debian: python3-torch; PYTHON chooses the
# interpreter). DEVICE=cuda compares on a GPU; OUTPAINT names the program where it is not to be built first.
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-3}
python=${PYTHON:-/usr/bin/python3} outpaint=${OUTPAINT:-./outpaint} device=${DEVICE:-cpu}
# The first steps warm up, as in the reference. A report waits for the GPU, so there only the last step makes one; on a
# CPU it costs nothing. Twenty counted steps let .NET finish compiling as it does in a real run.
if [[ $device == cuda ]]; then
  size=${SIZE:-192} batch=${BATCH:-64} steps=${STEPS:-200}
  warm_up=$steps log_every=$steps
else
  size=${SIZE:-128} batch=${BATCH:-16} steps=${STEPS:-20}
  warm_up=2 log_every=1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Noise as photos: the step's time does not depend on what is in them. Packed, so that no libvips is needed.
"$python" - "$work/photos.pixels" "$size" "$batch" <<'PY'
import os, sys
sys.path.insert(0, "scripts")
import pack_photos
path, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, "wb") as out:
    pack_photos.pack(out, ((str(i), size, size, os.urandom(3 * size * size)) for i in range(count)))
PY

# Without the terms that the reference does not have.
ours() { # precision
  rm -rf "$work/run"
  "$outpaint" train --data_path "$work/photos.pixels" --output_dir "$work/run" --image_size "$size" --batch_size "$batch" \
    --max_steps $((steps + warm_up)) --epochs 1000000 --warm_up_steps 0 --mirror_weight 0 --mirror_negatives 0 --prefill_warp 0 \
    --earlier_fills 0 --colour_weight 0 --gamma_jitter 0 --log_every "$log_every" --sample_every 1000000 \
    --precision "$1" --device "$device" >/dev/null || return
  "$python" - "$work/run/metrics.jsonl" $((warm_up / log_every)) <<'PY'
import json, sys
rates = [json.loads(line)["images_per_second"] for line in open(sys.argv[1])][int(sys.argv[2]):]
print(f"{len(rates) / sum(1 / rate for rate in rates):.3f}")
PY
}
theirs() {
  "$python" benchmarks/training/pytorch_step.py --image_size "$size" --batch_size "$batch" --steps "$steps" \
    --warm_up $((warm_up - 1)) --device "$device" "$@"
}

echo "round  ours-fp32  ours-bf16  pytorch-fp32  pytorch-bf16-channels-last   (images/s, $device, $size px, batch $batch)"
for round in $(seq "$rounds"); do
  # One by one: a failure inside an argument would go unnoticed.
  fp32=$(ours fp32)
  reference=$(theirs)
  bf16=$(ours bf16)
  tuned=$(theirs --precision bf16 --channels_last)
  printf "%5s  %9s  %9s  %12s  %26s\n" "$round" "$fp32" "$bf16" "$reference" "$tuned"
  echo "$fp32 $reference $bf16 $tuned" >>"$work/results"
done
"$python" - "$work/results" <<'PY'
import statistics, sys
rows = [[float(x) for x in line.split()] for line in open(sys.argv[1])]
median = lambda f: statistics.median(f(*row) for row in rows)
print(f"fp32 / PyTorch fp32: {median(lambda a, b, c, d: a / b):.2f}")
print(f"bf16 / PyTorch fp32: {median(lambda a, b, c, d: c / b):.2f}")
print(f"bf16 / PyTorch bf16 channels_last: {median(lambda a, b, c, d: c / d):.2f}")
PY
