// work.js - worker threads, children, compression and a script in a script.
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
const { execFileSync, spawnSync } = require('child_process'); const zlib = require('zlib'), crypto = require('crypto');
if (!isMainThread) { let h = crypto.createHash('sha256'); for (let i = 0; i < 20000; i++) h.update('w' + workerData + i); parentPort.postMessage(h.digest('hex')); }
else { (async () => {
  const all = await Promise.all([1, 2, 3, 4].map(n => new Promise(r => new Worker(__filename, { workerData: n }).on('message', r))));
  console.log(all.join('\n'));
  const z = zlib.brotliCompressSync(Buffer.from('owner '.repeat(60000))); console.log(z.length, zlib.brotliDecompressSync(z).length);
  const m = new Map(); for (let i = 0; i < 300000; i++) m.set('k' + i % 9000, { i, s: String(i) }); console.log(m.size);
  console.log(execFileSync('/bin/echo', ['child']).toString().trim(), spawnSync('/bin/sh', ['-c', 'exit 7']).status);
  console.log(vm()); })(); }
function vm() { return require('vm').runInNewContext('let s = 0; for (let i = 0; i < 1e6; i++) s += i % 7; s'); }
