import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { gunzipSync, gzipSync } from "node:zlib";
import { databaseIn } from "./history/database.ts";
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
  /** It failed by what it did worse than an earlier one. */
  readonly regressed: boolean;
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
  readonly keep: (report: Report, regressed?: boolean) => number;
  readonly close: () => void;
}

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
  const database = told(() => databaseIn(file));
  return {
    runs: (wanted = {}, limit = -1) => told(() => rows(database, wanted, limit).map(keptRun)),
    report: (id) =>
      told(() => {
        const row = database.prepare("SELECT report FROM runs WHERE id = ?").get(id);
        return row && gunzipSync(row["report"] as Uint8Array).toString();
      }),
    keep: (report, regressed = false) => told(() => insert(database, report, regressed)),
    close: () => database.close(),
  };
}

const columns = ["deployment", "account", "region", "cluster", "scene"] as const;

function rows(database: DatabaseSync, wanted: Wanted, limit: number) {
  const stated = columns.filter((column) => wanted[column] !== undefined);
  const where = ["1", ...stated.map((column) => `${column} IS ?`)].join(" AND ");
  const what = [...columns, "id", "verdict", "interrupted", "regressed", "started_at", "at_commit", "not_asked"].join(", ");
  const select = database.prepare(`SELECT ${what} FROM runs WHERE ${where} ORDER BY id DESC LIMIT ?`);
  return select.all(...stated.map((column) => wanted[column] ?? null), limit);
}

const keptRun = ({ started_at, at_commit, not_asked, interrupted, regressed, ...row }: Record<string, SQLOutputValue>): KeptRun =>
  ({
    ...row,
    interrupted: interrupted === 1,
    regressed: regressed === 1,
    startedAt: started_at,
    commit: at_commit,
    notAsked: JSON.parse(String(not_asked)),
  }) as KeptRun;

function insert(database: DatabaseSync, report: Report, regressed: boolean): number {
  const { deployment, scene, verdict, interrupted, startedAt, origin, notAsked } = report;
  const { name, account, region, cluster } = deployment;
  const row = {
    ...{ deployment: name, account, region, cluster, scene, verdict, interrupted: Number(interrupted), regressed: Number(regressed) },
    ...{ started_at: startedAt, at_commit: origin.commit, not_asked: JSON.stringify(notAsked), report: gzipSync(JSON.stringify(report)) },
  };
  const names = Object.keys(row);
  const statement = database.prepare(`INSERT INTO runs (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`);
  return Number(statement.run(...Object.values(row)).lastInsertRowid);
}
