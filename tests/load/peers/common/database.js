// What the peers share: one SQLite file at the durability of the service, and the few statements that a registration needs.
const Database = require(require.resolve("better-sqlite3", { paths: [process.cwd(), require.main.path] }));

function openDatabase(path) {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(`
    CREATE TABLE IF NOT EXISTS conversations (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS consents (id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, at TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS members (
      id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, nik TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kelurahan TEXT NOT NULL,
      address TEXT NOT NULL, phone TEXT NOT NULL, civil_servant INTEGER NOT NULL, at TEXT NOT NULL);
  `);
  return db;
}

// The storage adapter that grammY asks for: read, write and delete by key.
function conversationStorage(db, table) {
  const read = db.prepare(`SELECT value FROM ${table} WHERE key = ?`);
  const write = db.prepare(`INSERT INTO ${table} (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
  const remove = db.prepare(`DELETE FROM ${table} WHERE key = ?`);
  return {
    read: (key) => {
      const row = read.get(key);
      return row === undefined ? undefined : JSON.parse(row.value);
    },
    write: (key, value) => void write.run(key, JSON.stringify(value)),
    delete: (key) => void remove.run(key),
  };
}

function register(db) {
  const consent = db.prepare("INSERT INTO consents (chat, at) VALUES (?, ?)");
  const taken = db.prepare("SELECT 1 FROM members WHERE nik = ?");
  const apply = db.prepare(
    "INSERT INTO members (chat, nik, name, kelurahan, address, phone, civil_servant, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  return {
    recordConsent: (chat) => void consent.run(chat, new Date().toISOString()),
    isTaken: (nik) => taken.get(nik) !== undefined,
    apply: (chat, a) =>
      void apply.run(chat, a.nik, a.name, a.kelurahan, a.address, a.phone, a.civilServant ? 1 : 0, new Date().toISOString()),
  };
}

module.exports = { openDatabase, conversationStorage, register };
