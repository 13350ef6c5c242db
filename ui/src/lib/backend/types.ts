// The seam between the interface and what is behind it. Every method is named here, and no file outside
// this folder knows who answers. A rejection is always a `Failure`.

import type {
  CompareProject,
  DiagnosticRow,
  Failure,
  FormView,
  Home,
  JobEvent,
  LibrarySection,
  NewProject,
  PageView,
  PathCard,
  PathView,
  SearchAnswer,
  Settings,
  Start,
  StarterCard,
  StarterMirror,
  StarterView,
  ToolScope,
  ToolchainView,
} from "./wire.gen";

export interface Backend {
  start(): Promise<Start>;
  home(): Promise<Home>;
  paths(): Promise<PathCard[]>;
  path(id: string): Promise<PathView>;
  page(id: string): Promise<PageView>;
  library(): Promise<LibrarySection[]>;
  search(query: string, limit: number): Promise<SearchAnswer>;
  starters(): Promise<StarterCard[]>;
  starter(id: string): Promise<StarterView>;
  /** The form with the answers given so far: defaults follow them. */
  starterForm(id: string, values: Record<string, unknown>): Promise<FormView>;
  /** A file's text as highlighted, safe HTML. */
  codeBlock(path: string, text: string): Promise<string>;
  /** The starters that are repositories, each with its copy on this machine. */
  mirrors(): Promise<StarterMirror[]>;
  removeMirror(starter: string): Promise<void>;
  toolchain(scope: ToolScope): Promise<ToolchainView>;
  /** The last findings as Markdown to share, without names and secrets. */
  toolsReport(scope: ToolScope): Promise<string>;
  diagnostics(): Promise<DiagnosticRow[]>;

  saveSettings(settings: Settings): Promise<Start>;
  dismissNotice(id: string): Promise<void>;
  /** Remembers where the window is: the route without its leading `#/`. */
  setPlace(route: string): Promise<void>;

  /** `picked` are places of choices, from 0. */
  answerQuiz(step: string, task: string, picked: number[]): Promise<PageView>;
  confirm(step: string, task: string, done: boolean): Promise<PageView>;
  completeStep(step: string, done: boolean): Promise<PageView>;
  /** `id` is a path or `path/step`. */
  resetProgress(id: string): Promise<void>;
  /** Sets the folder that the verify tasks of the step's path look in. */
  setFolder(step: string, folder: string): Promise<PageView>;

  /** The system's own dialog; `null` when the person chose nothing. */
  pickFolder(start: string | null): Promise<string | null>;
  openProject(id: number, opener: string): Promise<void>;
  openExternal(url: string): Promise<void>;
  /** The first paint is done: the engine may read ahead. */
  ready(): Promise<void>;

  job(ask: JobAsk, on: (event: JobEvent) => void): Job;
}

/** What a job is asked to do; `kind` is the command's name. */
export type JobAsk =
  | { kind: "check_tools"; step: string | null; only: string[] | null }
  | { kind: "check_repository"; folder: string; only: string[] | null }
  /** `acceptHostKey`: the fingerprint that the person compared, of a server that was not known. */
  | { kind: "create_project"; request: NewProject; acceptHostKey: string | null }
  | { kind: "preview_project"; request: NewProject }
  | { kind: "clone_address"; address: string; folder: string; acceptHostKey: string | null }
  | { kind: "fetch_starters"; starters: string[]; acceptHostKey: string | null }
  | { kind: "outdated"; request: CompareProject }
  | { kind: "upgrade"; request: CompareProject }
  | { kind: "verify"; step: string; task: string; consent: boolean };

/** Long work. The listener is there before the work starts, so no event is lost. */
export interface Job {
  id: string;
  /** Rejects with the `Failure` that ended it. */
  done: Promise<void>;
  cancel(): Promise<void>;
}

/** Whatever was thrown, as something that can be shown. */
export function failureOf(reason: unknown): Failure {
  if (typeof reason === "object" && reason !== null && "code" in reason && "message" in reason) {
    return { hint: "", ...(reason as Omit<Failure, "hint">) };
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return { code: "failed", message, hint: "" };
}
