#!/usr/bin/env node
// Extends the inputs of `outpaint evaluate --export_inputs DIR` with MI-GAN; run.sh extend calls it.
import { access, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { extend, loadModel } from './model.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { threads: { type: 'string', default: '0' } } });
if (positionals.length !== 2) {
  console.error('usage: run.sh extend INPUTS OUTPUTS [--threads N]');
  process.exit(2);
}
const [inputs, outputs] = positionals;

const { known, side } = await readMask(join(inputs, 'mask.png'));
const names = (await readdir(inputs, { recursive: true })).filter((name) => name.endsWith('.png') && name !== 'mask.png').sort();
const model = await loadModel(Number(values.threads));
let made = 0;
for (const name of names) {
  const output = join(outputs, name);
  // A run that was stopped goes on where it was.
  if (await exists(output)) continue;
  const pixels = await sharp(join(inputs, name)).removeAlpha().raw().toBuffer();
  const filled = await extend(model, pixels, side, known);
  await mkdir(dirname(output), { recursive: true });
  await sharp(filled, { raw: { width: side, height: side, channels: 3 } }).png().toFile(`${output}.part`);
  await rename(`${output}.part`, output);
  made++;
}
console.log(`${made} pictures written into ${outputs}, ${names.length - made} were there`);

// White is the hole; what is black is a rectangle.
async function readMask(file) {
  const { data, info } = await sharp(file).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const first = data.indexOf(0);
  const last = data.lastIndexOf(0);
  const [left, top, right, bottom] = [first % info.width, Math.floor(first / info.width), (last % info.width) + 1, Math.floor(last / info.width) + 1];
  return { side: info.width, known: { left, top, right, bottom } };
}

async function exists(file) {
  return access(file).then(() => true, () => false);
}
