import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { JobAsk, ToolRow, ToolScope } from "../backend";
import { Running } from "./running.svelte";

/** The same tool may be asked for twice: in two ranges, or by two files. */
export function toolKey(row: ToolRow): string {
  return [row.tool, row.required, ...(row.asked ? [row.source] : [])].join(" ");
}

/** Whether the person has to do something about it, or might; what is only hinted at never does. */
export function needsAttention({ state, severity }: ToolRow): boolean {
  return severity !== "info" && (state === "failed" || state === "error" || state === "blocked");
}

/** How the tools of a scope are checked. */
export function askOf(scope: ToolScope): (only: string[] | null) => JobAsk {
  if (scope.type === "folder") {
    return (only) => ({ kind: "check_repository", folder: scope.folder, only });
  }
  return (only) => ({ kind: "check_tools", step: scope.type === "path" ? scope.id : null, only });
}

/** Tools being probed. Rows keep their place: what is known is laid over the rows that were there before. */
export class ToolCheck {
  job = new Running();
  /** Only those that need attention are shown, and what was among them when the filter was set. */
  filtered = $state(false);
  #live = new SvelteMap<string, ToolRow>();
  #asked = $state.raw<readonly string[] | "all" | null>(null);
  #pinned = new SvelteSet<string>();

  readonly #ask: (only: string[] | null) => JobAsk;

  constructor(ask: (only: string[] | null) => JobAsk) {
    this.#ask = ask;
  }

  async start(only: string[] | null): Promise<void> {
    this.#live.clear();
    this.#asked = only ?? "all";
    await this.job.run(this.#ask(only), (event) => {
      if (event.type === "tool") this.#live.set(toolKey(event.row), event.row);
    });
    this.#asked = null;
  }

  /** The rows below were read again and know it all. */
  settle(): void {
    if (!this.job.running) this.#live.clear();
  }

  /** The rows with what this check has found so far. */
  over(rows: ToolRow[]): ToolRow[] {
    return rows.map((row) => {
      // What stands around the finding (who asks, and why) is the row's own.
      const live = this.#live.get(toolKey(row));
      return live ? { ...live, source: row.source, why: row.why, severity: row.severity } : row;
    });
  }

  /** Whether this tool waits for its result. */
  awaits(row: ToolRow): boolean {
    if (!this.job.running || this.#asked === null) return false;
    if (this.#asked !== "all" && !this.#asked.includes(row.tool)) return false;
    const live = this.#live.get(toolKey(row));
    return !live || live.state === "todo";
  }

  /** Shows all of these rows, or only those that need attention now or turn out to. */
  filter(rows: ToolRow[]): void {
    this.#pinned.clear();
    for (const row of rows) if (needsAttention(row)) this.#pinned.add(toolKey(row));
    this.filtered = !this.filtered;
  }

  /** What the filter leaves. A row that becomes ready keeps its place until the filter is set anew. */
  shows(row: ToolRow): boolean {
    return !this.filtered || needsAttention(row) || this.#pinned.has(toolKey(row));
  }
}
