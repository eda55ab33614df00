// The rows. PEER_DATABASE names the file that fill.js made; opened with the first question, since
// the build loads this module too.
import Database from 'better-sqlite3';

let kept;

function open() {
  const database = new Database(process.env.PEER_DATABASE, { readonly: true });
  return {
    notices: database.prepare('SELECT * FROM notice WHERE upcoming = ? ORDER BY position'),
    townships: database.prepare('SELECT code, name FROM township ORDER BY code'),
  };
}

function row({ leaders, ...columns }) {
  return { ...columns, leaders: JSON.parse(leaders) };
}

export function list() {
  kept ??= open();
  return {
    upcoming: kept.notices.all(1).map(row),
    past: kept.notices.all(0).map(row),
    townships: kept.townships.all(),
  };
}
