import { expect } from '@playwright/test';
import { Upload } from 'tus-js-client';
import { envelope } from '../filing';
import { county } from '../routes';

export const CHUNK = 64 * 1024;

export type State = { state: string; reason?: string; bytes?: number };
type Listed = { attachment: string; kind: string; state: State };

/** What a receipt says: the token for what the matter names, and what opens it. */
export type Receipt = { upload: string; case: string; private_secret: string };

/** Files a matter that names so many photos and recordings. */
export async function filed(base: string, photos: string[], voices: string[] = []): Promise<Receipt> {
  const named = (kind: string) => (attachment: string) => ({ [kind]: { attachment, transcript: null } });
  const filed = envelope([...photos.map(named('image')), ...voices.map(named('audio'))]);
  const answer = await fetch(`${base}/api/v1/${county}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([filed]),
  });
  const [one] = await answer.json();
  expect(one.answer).toBe('received');
  return one.receipt;
}

/** Where one of them is. */
export async function state(base: string, token: string, id: string): Promise<State> {
  const answer = await fetch(`${base}/api/v1/${county}/uploads`, { headers: { authorization: `Bearer ${token}` } });
  const list: Listed[] = await answer.json();
  return list.find((known) => known.attachment === id)!.state;
}

/** Sends it with the client's own way of going on after a failure. */
export function send(through: string, token: string, id: string, bytes: Buffer): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${through}/api/v1/${county}/uploads`,
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
