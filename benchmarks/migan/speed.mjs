#!/usr/bin/env node
// Seconds per picture, both warm, in turn and on the same cores: `outpaint extend` from 512x512 to 768x768 pixels,
// with reading and writing the files, beside MI-GAN filling a canvas of 512x512, without. run.sh speed calls it.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { SIDE, extend, loadModel } from './model.mjs';

const { values } = parseArgs({
  options: { photo: { type: 'string' }, rounds: { type: 'string', default: '3' }, pictures: { type: 'string', default: '8' } },
});
const root = join(import.meta.dirname, '..', '..');
const count = Number(values.pictures);
const work = await mkdtemp(join(tmpdir(), 'outpaint-speed-'));
try {
  const photo = sharp(values.photo ?? join(root, 'samples', 'sunset.jpg')).resize(SIDE, SIDE, { fit: 'cover' });
  const model = await loadModel(availableParallelism());
  const rounds = [];
  console.log(`round  Outpaint 512 to 768  MI-GAN at 512  ratio   (seconds per picture, ${availableParallelism()} threads)`);
  for (let round = 1; round <= Number(values.rounds); round++) {
    const [ours, theirs] = [await timeOutpaint(photo), await timeMigan(model, photo)];
    rounds.push(theirs / ours);
    console.log(`${String(round).padStart(5)}  ${ours.toFixed(3).padStart(19)}  ${theirs.toFixed(3).padStart(13)}  ${(theirs / ours).toFixed(2).padStart(5)}`);
  }
  console.log(`Outpaint is ${median(rounds).toFixed(2)} times as fast (median)`);
} finally {
  await rm(work, { recursive: true });
}

// One more picture than is counted: from the end of the first to the end of the last everything is warm.
async function timeOutpaint(photo) {
  const inputs = join(work, 'inputs');
  await mkdir(inputs, { recursive: true });
  for (let i = 0; i <= count; i++) await photo.clone().png().toFile(join(inputs, `${i}.png`));
  const outpaint = spawn(join(root, 'outpaint'), ['extend', inputs, '--output_dir', join(work, 'outputs'), '--overwrite'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ends = [];
  for await (const line of createInterface({ input: outpaint.stdout })) if (line.includes('(768 x 768 pixels)')) ends.push(performance.now());
  if (ends.length !== count + 1) throw new Error(`outpaint extended ${ends.length} of ${count + 1} pictures`);
  return (ends.at(-1) - ends[0]) / count / 1000;
}

async function timeMigan(model, photo) {
  const pixels = await photo.clone().removeAlpha().raw().toBuffer();
  const margin = Math.round(SIDE / 6);
  const known = { left: margin, top: margin, right: SIDE - margin, bottom: SIDE - margin };
  await extend(model, pixels, SIDE, known);
  const start = performance.now();
  for (let i = 0; i < count; i++) await extend(model, pixels, SIDE, known);
  return (performance.now() - start) / count / 1000;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
