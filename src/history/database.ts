import type { DatabaseSync } from "node:sqlite";
import { Mistake } from "../mistake.ts";

/** What files of this format say of themselves: "seaw", and the version of their tables. */
const [mark, format] = [0x73_65_61_77, 1];

const tables = `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    deployment TEXT NOT NULL, account TEXT, region TEXT, cluster TEXT NOT NULL, scene TEXT NOT NULL,
    verdict TEXT NOT NULL, interrupted INTEGER NOT NULL, regressed INTEGER NOT NULL, started_at TEXT NOT NULL, at_commit TEXT, not_asked TEXT NOT NULL,
    report BLOB NOT NULL
  ) STRICT;
  CREATE INDEX runs_of ON runs (deployment, cluster, scene);
`;

/** Opens the database of a history, and makes its tables where there are none. Throws a Mistake for a file of somebody else's. */
export function databaseIn(file: string): DatabaseSync {
  const { DatabaseSync } = sqlite();
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    // Looked at in one transaction, since another process may be making it at this moment; and once more where that may have been so.
    const isThere = within(database, "BEGIN", () => isReady(database, file));
    if (!isThere) within(database, "BEGIN IMMEDIATE", () => isReady(database, file) || make(database));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Node 22 calls SQLite experimental on stderr when it is first loaded; what it offers here has not changed since. */
function sqlite(): typeof import("node:sqlite") {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const found = process.getBuiltinModule("node:sqlite");
    if (!found) throw new Error("this Node was built without SQLite");
    return found;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Whether the tables are there; not so in a file that is new. */
function isReady(database: DatabaseSync, file: string): boolean {
  const number = (what: string) => Number(Object.values(database.prepare(`PRAGMA ${what}`).get() ?? {})[0]);
  const [owner, version] = [number("application_id"), number("user_version")];
  if (owner === mark && version === format) return true;
  const another = "Name another file: history: FILE";
  if (owner === mark && version > format)
    throw new Mistake(`${file} is a history of a newer seaworthy: its format is ${version}, and this one knows ${format}`, another);
  if (owner !== 0 || version !== 0 || database.prepare("SELECT 1 FROM sqlite_schema").get())
    throw new Mistake(`${file} is a database of something else, and no history of seaworthy`, another);
  return false;
}

function make(database: DatabaseSync): void {
  database.exec(`${tables} PRAGMA application_id = ${mark}; PRAGMA user_version = ${format};`);
}

function within<T>(database: DatabaseSync, begin: "BEGIN" | "BEGIN IMMEDIATE", work: () => T): T {
  database.exec(begin);
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite has ended it by itself after some errors.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
