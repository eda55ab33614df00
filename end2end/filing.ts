import { randomUUID } from 'node:crypto';
import { county } from './routes';

/** What a phone sends to file an ordinary matter; `more` is said beside the words. */
export function envelope(more: object[] = []) {
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
    statement: [{ text: '村口的路要修' }, ...more],
    contact: { way: 'call', phone: '13800138000', hours: null },
    restricted_from: [],
    danger: 'none',
    second_factor: '8000',
  };
  return {
    id: randomUUID(),
    county,
    area: 'citizen',
    device: null,
    build: 'test',
    captured_at: new Date().toISOString(),
    expected_version: null,
    command: { command: 'file', filing },
  };
}
