import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { gunzipSync, gzipSync } from "node:zlib";
import { Mistake } from "./mistake.ts";
import type { Report } from "./report.ts";

/** Which runs are meant: those that have all of this. `null` is a value too: not known. */
export interface Wanted {
  readonly deployment?: string;
  readonly account?: string | null;
  readonly region?: string | null;
  readonly cluster?: string;
  readonly scene?: Report["scene"];
}

/** A run that was kept, as lists show it. */
export interface KeptRun extends Required<Wanted> {
  readonly id: number;
  readonly verdict: Report["verdict"];
  readonly interrupted: boolean;
  readonly startedAt: string;
  readonly commit: string | null;
  readonly notAsked: readonly string[];
}

/** The runs of a file. Safe with others that write to it at the same time; everything throws a Mistake that says what is wrong with it. */
export interface History {
  /** The newest first; all of them, unless fewer are wanted. */
  readonly runs: (wanted?: Wanted, limit?: number) => readonly KeptRun[];
  /** The report of a run, as JSON. */
  readonly report: (id: number) => string | undefined;
  /** Keeps a run, and gives the id that it has from now on. */
  readonly keep: (report: Report) => number;
  readonly close: () => void;
}

/** What files of this format say of themselves: "seaw", and the version of their tables. */
const [mark, format] = [0x73_65_61_77, 1];

const tables = `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    deployment TEXT NOT NULL, account TEXT, region TEXT, cluster TEXT NOT NULL, scene TEXT NOT NULL,
    verdict TEXT NOT NULL, interrupted INTEGER NOT NULL, started_at TEXT NOT NULL, at_commit TEXT, not_asked TEXT NOT NULL,
    report BLOB NOT NULL
  ) STRICT;
  CREATE INDEX runs_of ON runs (deployment, cluster, scene);
`;

/** Opens a history, which is made where there is none; its folder has to be there. */
export function openHistory(file: string): History {
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Mistake) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new Mistake(`${file} cannot be used as a history: ${why}`, "Mend or remove it, or name another file: history: FILE");
    }
  };
  const database = told(() => opened(file));
  return {
    runs: (wanted = {}, limit = -1) => told(() => rows(database, wanted, limit).map(keptRun)),
    report: (id) =>
      told(() => {
        const row = database.prepare("SELECT report FROM runs WHERE id = ?").get(id);
        return row && gunzipSync(row["report"] as Uint8Array).toString();
      }),
    keep: (report) => told(() => insert(database, report)),
    close: () => database.close(),
  };
}

function opened(file: string): DatabaseSync {
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

const columns = ["deployment", "account", "region", "cluster", "scene"] as const;

function rows(database: DatabaseSync, wanted: Wanted, limit: number) {
  const stated = columns.filter((column) => wanted[column] !== undefined);
  const where = ["1", ...stated.map((column) => `${column} IS ?`)].join(" AND ");
  const what = [...columns, "id", "verdict", "interrupted", "started_at", "at_commit", "not_asked"].join(", ");
  const select = database.prepare(`SELECT ${what} FROM runs WHERE ${where} ORDER BY id DESC LIMIT ?`);
  return select.all(...stated.map((column) => wanted[column] ?? null), limit);
}

const keptRun = ({ started_at, at_commit, not_asked, interrupted, ...row }: Record<string, SQLOutputValue>): KeptRun =>
  ({
    ...row,
    interrupted: interrupted === 1,
    startedAt: started_at,
    commit: at_commit,
    notAsked: JSON.parse(String(not_asked)),
  }) as KeptRun;

function insert(database: DatabaseSync, report: Report): number {
  const { deployment, scene, verdict, interrupted, startedAt, origin, notAsked } = report;
  const { name, account, region, cluster } = deployment;
  const what = "deployment, account, region, cluster, scene, verdict, interrupted, started_at, at_commit, not_asked, report";
  const statement = database.prepare(`INSERT INTO runs (${what}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const values = [name, account, region, cluster, scene, verdict, Number(interrupted), startedAt, origin.commit, JSON.stringify(notAsked)];
  return Number(statement.run(...values, gzipSync(JSON.stringify(report))).lastInsertRowid);
}
