import type { Report } from "./report.ts";
import type { SnapshotFile } from "./snapshot.ts";

/** What a reporter may know of the place where its text is shown. */
export interface Place {
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  readonly colour: boolean;
  readonly verbose: boolean;
}

/** Turns a report, and where it wants more the snapshot that it rests on, into text: pure, and whole in one call. */
export type Reporter = (report: Report, place: Place, snapshot: SnapshotFile) => string | Promise<string>;

/** A reporter, as its file writes it; the file's name is the reporter's. */
export const defineReporter = <R extends Reporter>(reporter: R): R => reporter;
