#!/usr/bin/env node
// Seconds per picture of a batch, both warm, in turn and on the same cores: `outpaint extend` from 512x512 to 768x768
// pixels, with reading and writing the files, beside MI-GAN filling a canvas of 512x512, without. MI-GAN gets its choice
// of a picture per core or all cores for each. run.sh speed calls it.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { SIDE, extend, loadModel } from './model.mjs';

const { values } = parseArgs({
  options: { photo: { type: 'string' }, rounds: { type: 'string', default: '3' }, pictures: { type: 'string', default: '8' } /* per core */ },
});
const root = join(import.meta.dirname, '..', '..');
const cores = availableParallelism();
const count = Number(values.pictures) * cores;
const work = await mkdtemp(join(tmpdir(), 'outpaint-speed-'));
try {
  const photo = sharp(values.photo ?? join(root, 'samples', 'sunset.jpg')).resize(SIDE, SIDE, { fit: 'cover' });
  const [whole, single] = [[await loadModel(cores)], await Promise.all(Array.from({ length: cores }, () => loadModel(1)))];
  const rounds = [];
  console.log(`round  Outpaint 512 to 768  MI-GAN at 512  ratio   (seconds per picture, ${cores} cores)`);
  for (let round = 1; round <= Number(values.rounds); round++) {
    const ours = await timeOutpaint(photo);
    const theirs = Math.min(await timeMigan(whole, photo), await timeMigan(single, photo));
    rounds.push(theirs / ours);
    console.log(`${String(round).padStart(5)}  ${ours.toFixed(3).padStart(19)}  ${theirs.toFixed(3).padStart(13)}  ${(theirs / ours).toFixed(2).padStart(5)}`);
  }
  console.log(`Outpaint is ${median(rounds).toFixed(2)} times as fast (median)`);
} finally {
  await rm(work, { recursive: true });
}

// One more picture per core than is counted: from the end of these to the end of the last everything is warm.
async function timeOutpaint(photo) {
  const inputs = join(work, 'inputs');
  await mkdir(inputs, { recursive: true });
  const file = await photo.clone().png().toBuffer();
  for (let i = 0; i < count + cores; i++) await writeFile(join(inputs, `${i}.png`), file);
  const outpaint = spawn(join(root, 'outpaint'), ['extend', inputs, '--output_dir', join(work, 'outputs'), '--overwrite'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ends = [];
  for await (const line of createInterface({ input: outpaint.stdout })) if (line.includes('(768 x 768 pixels)')) ends.push(performance.now());
  if (ends.length !== count + cores) throw new Error(`outpaint extended ${ends.length} of ${count + cores} pictures`);
  return (ends.at(-1) - ends[cores - 1]) / count / 1000;
}

// As many pictures at a time as there are models.
async function timeMigan(models, photo) {
  const pixels = await photo.clone().removeAlpha().raw().toBuffer();
  const margin = Math.round(SIDE / 6);
  const known = { left: margin, top: margin, right: SIDE - margin, bottom: SIDE - margin };
  const fillEach = (times) => Promise.all(models.map(async (model) => {
    for (let i = 0; i < times; i++) await extend(model, pixels, SIDE, known);
  }));
  await fillEach(1);
  const start = performance.now();
  await fillEach(count / models.length);
  return (performance.now() - start) / count / 1000;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
