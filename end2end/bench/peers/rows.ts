// What others do with ten thousand rows: PouchDB replicates them as documents, Dexie stores what came as one JSON. Both
// as they are shipped: neither encrypts, nor waits for the disk.
import Dexie, { type Table } from 'dexie';
import PouchDB from 'pouchdb-browser';

const there = new PouchDB(`${location.origin}/couch/rows`);
let here = new PouchDB('rows');

class Rows extends Dexie {
  rows!: Table<{ row: { case: string } }>;

  constructor() {
    super('rows-of-dexie');
    this.version(1).stores({ rows: 'row.case' });
  }
}
const dexie = new Rows();

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

/** As before anything was fetched. */
async function nothingHere(): Promise<void> {
  await here.destroy();
  here = new PouchDB('rows');
  await here.info();
  await dexie.delete();
  await dexie.open();
}

const pulled = () => timed(() => here.replicate.from(there));
const pushed = () => timed(() => here.replicate.to(there));
const fetched = () => timed(async () => dexie.rows.bulkPut(await (await fetch('/rows.json')).json()));
const held = async () => ({ pouchdb: (await here.info()).doc_count, dexie: await dexie.rows.count() });

/** Made on this side, to be pushed. */
async function made(documents: object[]): Promise<void> {
  await here.bulkDocs(documents.map((document) => ({ _id: crypto.randomUUID(), ...document })));
}

/** Changed on the other side, by somebody else. */
async function changedThere(id: string): Promise<void> {
  await there.put({ ...(await there.get(id)), version: 2 });
}

const rows = { nothingHere, pulled, pushed, fetched, held, made, changedThere };
export type RowsPage = typeof rows;
Object.assign(globalThis, { rows });
