// What others do with the same things, in a page of their own: a tap stores words and three photos on the disk and says
// so, or a file goes up over a line that breaks.
import Dexie, { type Table } from 'dexie';
import PouchDB from 'pouchdb-browser';
import { Upload } from 'tus-js-client';

const SAVED = '已保存在本机';
const WORDS = '村口的路要修'.repeat(20);
const PHOTOS = 3;
const PHOTO_BYTES = 200 * 1024;

const photos = Array.from({ length: PHOTOS }, () => {
  const bytes = new Uint8Array(PHOTO_BYTES);
  for (let at = 0; at < PHOTO_BYTES; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return new Blob([bytes], { type: 'image/jpeg' });
});

class Outbox extends Dexie {
  items!: Table<{ id: string; words: string }>;
  media!: Table<{ id: string; photo: Blob }>;

  constructor() {
    super('peer', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ items: 'id', media: 'id' });
  }
}
const outbox = new Outbox();

async function withDexie(): Promise<void> {
  const id = crypto.randomUUID();
  await outbox.transaction('rw', outbox.items, outbox.media, async () => {
    await outbox.items.put({ id, words: WORDS });
    await outbox.media.bulkPut(photos.map((photo, at) => ({ id: `${id}/${at}`, photo })));
  });
}

// PouchDB has no word for it: whatever is written while it is asked is written as durably as ours.
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  return transaction.call(this, stores, mode, mode === 'readwrite' ? { ...options, durability: 'strict' } : options);
};
let pouch = new PouchDB('peer-of-pouchdb');

async function withPouchdb(): Promise<void> {
  const attached = photos.map((data, at) => [`${at}.jpg`, { content_type: data.type, data }]);
  await pouch.put({ _id: crypto.randomUUID(), words: WORDS, _attachments: Object.fromEntries(attached) });
}

/** As before anything was saved, and ready for a tap. */
async function emptied(): Promise<void> {
  document.querySelector('h1')!.textContent = '';
  await outbox.delete();
  await outbox.open();
  await pouch.destroy();
  pouch = new PouchDB('peer-of-pouchdb');
  await pouch.info();
}

/** Sends files of these lengths one after the other, with the client's own way of going on after a failure. */
async function upload(lengths: number[]): Promise<void> {
  for (const length of lengths) {
    await new Promise<void>((done, failed) => {
      new Upload(new Blob([new Uint8Array(length)]), {
        endpoint: '/files',
        onError: failed,
        onSuccess: () => done(),
      }).start();
    });
  }
}

for (const [id, store] of Object.entries({ dexie: withDexie, pouchdb: withPouchdb })) {
  document.getElementById(id)!.addEventListener('click', async () => {
    await store();
    document.querySelector('h1')!.textContent = SAVED;
  });
}
Object.assign(globalThis, { emptied, upload });
