#!/usr/bin/env bash
# Images per second of `outpaint train` beside the same step in PyTorch, in turn, on this machine:
#   benchmarks/training/compare.sh [ROUNDS]
# Prints each round and the median ratios. Needs python3-torch for the reference (PYTHON chooses the interpreter).
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-3}
python=${PYTHON:-/usr/bin/python3}
size=${SIZE:-128} batch=${BATCH:-16} steps=${STEPS:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Noise as photos: the step's time does not depend on what is in them.
"$python" - "$work/photos" "$size" "$batch" <<'PY'
import os, struct, sys, zlib
folder, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(folder)
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
for i in range(count):
    rows = b"".join(b"\0" + os.urandom(3 * size) for _ in range(size))
    with open(f"{folder}/{i:03}.png", "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
                + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))
PY

ours() { # precision
  rm -rf "$work/run"
  ./outpaint train --data_path "$work/photos" --output_dir "$work/run" --image_size "$size" --batch_size "$batch" \
    --max_steps $((steps + 2)) --epochs 1000 --warm_up_steps 0 --log_every 1 --sample_every 1000000 --precision "$1" >/dev/null
  # The first two steps warm up, as in the reference. Twenty counted ones let .NET finish compiling as it does in a real run.
  "$python" - "$work/run/metrics.jsonl" "$batch" <<'PY'
import json, sys
rates = [json.loads(line)["images_per_second"] for line in open(sys.argv[1])][2:]
print(f"{len(rates) / sum(1 / rate for rate in rates):.3f}")
PY
}
theirs() { "$python" benchmarks/training/pytorch_step.py --image_size "$size" --batch_size "$batch" --steps "$steps" "$@"; }

echo "round  ours-fp32  ours-bf16  pytorch-fp32  pytorch-bf16-channels-last   (images/s, $size px, batch $batch)"
for round in $(seq "$rounds"); do
  echo "$round $(ours fp32) $(theirs) $(ours bf16) $(theirs --precision bf16 --channels_last)" | tee -a "$work/results" \
    | awk '{ printf "%5s  %9s  %9s  %12s  %26s\n", $1, $2, $4, $3, $5 }'
done
"$python" - "$work/results" <<'PY'
import statistics, sys
rows = [[float(x) for x in line.split()[1:]] for line in open(sys.argv[1])]
median = lambda f: statistics.median(f(*row) for row in rows)
print(f"fp32 / PyTorch fp32: {median(lambda a, b, c, d: a / b):.2f}")
print(f"bf16 / PyTorch fp32: {median(lambda a, b, c, d: c / b):.2f}")
print(f"bf16 / PyTorch bf16 channels_last: {median(lambda a, b, c, d: c / d):.2f}")
PY
