import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { Upload } from 'tus-js-client';

export const COUNTY = '330726';
export const CHUNK = 64 * 1024;

export type State = { state: string; reason?: string; bytes?: number };
type Listed = { attachment: string; kind: string; state: State };

/** What a receipt says: the token for what the matter names, and what opens it. */
export type Receipt = { upload: string; case: string; private_secret: string };

/** Files a matter that names so many photos and recordings. */
export async function filed(base: string, photos: string[], voices: string[] = []): Promise<Receipt> {
  const named = (kind: string) => (attachment: string) => ({ [kind]: { attachment, transcript: null } });
  const filing = {
    party: {
      petitioner: { name: '示例某', id_number: null, village: null, birth_year: null, address: null },
      representatives: [],
      size: 1,
      filer: 'petitioner',
    },
    kind: 'request',
    subject: 'roads',
    place: null,
    statement: [{ text: '村口的路要修' }, ...photos.map(named('image')), ...voices.map(named('audio'))],
    contact: { way: 'call', phone: '13800138000', hours: null },
    restricted_from: [],
    danger: 'none',
    second_factor: '8000',
  };
  const envelope = {
    id: randomUUID(),
    county: COUNTY,
    area: 'citizen',
    device: null,
    build: 'test',
    captured_at: new Date().toISOString(),
    expected_version: null,
    command: { command: 'file', filing },
  };
  const answer = await fetch(`${base}/api/v1/${COUNTY}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([envelope]),
  });
  const [one] = await answer.json();
  expect(one.answer).toBe('received');
  return one.receipt;
}

/** Where one of them is. */
export async function state(base: string, token: string, id: string): Promise<State> {
  const answer = await fetch(`${base}/api/v1/${COUNTY}/uploads`, { headers: { authorization: `Bearer ${token}` } });
  const list: Listed[] = await answer.json();
  return list.find((known) => known.attachment === id)!.state;
}

/** Sends it with the client's own way of going on after a failure. */
export function send(through: string, token: string, id: string, bytes: Buffer): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${through}/api/v1/${COUNTY}/uploads`,
      chunkSize: CHUNK,
      retryDelays: Array.from({ length: 30 }, () => 50),
      headers: { authorization: `Bearer ${token}` },
      metadata: { attachment: id },
      onError: reject,
      onSuccess: () => resolve(),
    });
    upload.start();
  });
}
