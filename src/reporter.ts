import type { Report } from "./report.ts";
import type { SnapshotFile } from "./snapshot.ts";

/** What a reporter may know of the place where its text is shown. */
export interface Place {
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  readonly colour: boolean;
  readonly verbose: boolean;
  /** The working directory, as seen from the root of the repository; empty where it is the root, or not known. */
  readonly folder?: string;
  /** The files that this run's other reports were written to. */
  readonly files?: readonly string[];
  /** How many bytes there are already, in a file that the text is appended to. */
  readonly taken?: number;
}

/** Turns a report, and where it wants more the snapshot that it rests on, into text: pure, and whole in one call. */
export type Render = (report: Report, place: Place, snapshot: SnapshotFile) => string | Promise<string>;

/** What a reporter says besides its own text. */
export interface Asides {
  /** By environment variable, what is appended to the file that it names, such as GITHUB_STEP_SUMMARY; nothing where it is not set. */
  readonly appends?: { readonly [variable: string]: Render };
}

/** A reporter: its text goes where the command line says, and what it appends goes where a pipeline collects it. */
export type Reporter = Render & Asides;

/** A reporter, as its file writes it; the file's name is the reporter's. */
export const defineReporter = <R extends Render, A extends Asides>(render: R, asides?: A): R & A => Object.assign(render, asides);
