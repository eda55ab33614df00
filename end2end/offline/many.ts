// More items than anybody would type.
import { type Page } from '@playwright/test';

/** Makes of the one item that is there so many more, as old as they get, each under an id of its own. */
export const multiply = (page: Page, more: number, daysAgo: number) =>
  page.evaluate(
    async ([more, daysAgo]) => {
      const asked = <T>(request: IDBRequest<T>) =>
        new Promise<T>((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
      const database = await asked(indexedDB.open('huiyin'));
      const store = (name: string, mode?: IDBTransactionMode) => database.transaction(name, mode).objectStore(name);
      const key: CryptoKey = await asked(store('keys').get('device'));
      const [record] = await asked(store('items').getAll());
      const { id } = JSON.parse(record.head);
      const content = await asked(store('contents').get(id));
      const bound = (place: string, iv: BufferSource) => ({
        name: 'AES-GCM',
        iv,
        additionalData: new TextEncoder().encode(place),
      });
      const open = async (place: string, sealed: Uint8Array<ArrayBuffer>) =>
        JSON.parse(
          new TextDecoder().decode(
            await crypto.subtle.decrypt(bound(place, sealed.slice(0, 12)), key, sealed.slice(12)),
          ),
        );
      const seal = async (place: string, what: object) => {
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const text = new TextEncoder().encode(JSON.stringify(what));
        const sealed = new Uint8Array(await crypto.subtle.encrypt(bound(place, iv), key, text));
        return new Uint8Array([...iv, ...sealed]);
      };
      const item = await open(`items/${id}`, record.sealed);
      const envelope = await open(`contents/${id}`, content.sealed);
      for (let number = 2; number < more + 2; number += 1) {
        const at = new Date(Date.now() - daysAgo * 86_400_000 + number * 60_000);
        const time = at.getTime().toString(16).padStart(12, '0');
        const other = `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
        const sealed = await seal(`items/${other}`, { ...item, id: other, number, kept_at: at.toISOString() });
        const said = await seal(`contents/${other}`, { ...envelope, id: other, captured_at: at.toISOString() });
        const head = JSON.stringify({ id: other, number, phase: 'kept' });
        await asked(store('items', 'readwrite').put({ head, sealed }, other));
        await asked(store('contents', 'readwrite').put({ head: '', sealed: said }, other));
      }
      database.close();
    },
    [more, daysAgo],
  );

/** How many items the device has in each phase. */
export const phases = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<Record<string, number>>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const all = open.result.transaction('items').objectStore('items').getAll();
          all.onsuccess = () => {
            open.result.close();
            const counted: Record<string, number> = {};
            for (const { head } of all.result) {
              const { phase } = JSON.parse(head);
              counted[phase] = (counted[phase] ?? 0) + 1;
            }
            done(counted);
          };
        };
      }),
  );
