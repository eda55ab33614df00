// node fill.js ROWS DATABASE: what the API answered of the same list, as rows.
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';

const [rows, file] = process.argv.slice(2);
const { upcoming, past, townships } = JSON.parse(readFileSync(rows, 'utf8'));
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.exec(`
  CREATE TABLE notice (
    position INTEGER PRIMARY KEY, upcoming INTEGER, visit TEXT, title TEXT, date TEXT, hours_from TEXT,
    hours_to TEXT, venue TEXT, phase TEXT, free INTEGER, leaders TEXT, batches INTEGER,
    person_visits INTEGER, on_spot INTEGER
  );
  CREATE TABLE township (code TEXT PRIMARY KEY, name TEXT);
`);
const insert = database.prepare('INSERT INTO notice VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?)');
const put = (notice, coming) =>
  insert.run(
    coming, notice.visit, notice.title, notice.date, notice.hours.from.slice(0, 5),
    notice.hours.to.slice(0, 5), notice.venue, notice.phase, notice.free,
    JSON.stringify(notice.leaders), notice.figures?.batches ?? null,
    notice.figures?.person_visits ?? null, notice.figures?.on_spot ?? null,
  );
database.transaction(() => {
  for (const notice of upcoming) put(notice, 1);
  for (const notice of past) put(notice, 0);
  const township = database.prepare('INSERT INTO township VALUES (?, ?)');
  for (const { code, name } of townships) township.run(code, name);
})();
database.close();
