// PouchDB's own server, in a process of its own as ours is: the rows of a file as documents, the same rows as one JSON,
// and the page that fetches them. It tells its address and lives until its standard input ends.
import { buildSync } from 'esbuild';
import express from 'express';
import expressPouchdb from 'express-pouchdb';
import { readFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';

const rows: { row: { case: string } }[] = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// From memory: what a disk would take is not counted against it.
const InMemory = PouchDB.plugin(memory).plugin(http).defaults({ adapter: 'memory' });
const page = buildSync({
  entryPoints: [fileURLToPath(new URL('rows.ts', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
});
const html = '<!doctype html><title>Rows</title><script src="/rows.js"></script>';
const once = brotliCompressSync(JSON.stringify(rows), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

const app = express();
app.get('/', (_, response) => void response.type('html').send(html));
app.get('/rows.js', (_, response) => void response.type('js').send(Buffer.from(page.outputFiles[0].contents)));
app.get('/rows.json', (_, response) => void response.type('json').set('content-encoding', 'br').send(once));
// What a browser's PouchDB needs of it; it compresses, and logs nothing.
app.use('/couch', expressPouchdb(InMemory, { mode: 'minimumForPouchDB', inMemoryConfig: true }));

await new InMemory('rows').bulkDocs(rows.map((row) => ({ _id: row.row.case, ...row })));
const server = app.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.resume().on('end', () => process.exit());
