import { SvelteMap } from "svelte/reactivity";
import type { ToolRow } from "../backend";
import { Running } from "./running.svelte";

/** The same tool may be asked for twice, in two ranges. */
export function toolKey(row: ToolRow): string {
  return `${row.tool} ${row.required}`;
}

/** Tools being probed. Rows keep their place: what is known is laid over the rows that were there before. */
export class ToolCheck {
  job = new Running();
  #live = new SvelteMap<string, ToolRow>();
  #asked = $state.raw<readonly string[] | "all" | null>(null);

  readonly #step: string | null;

  constructor(step: string | null) {
    this.#step = step;
  }

  async start(only: string[] | null): Promise<void> {
    this.#live.clear();
    this.#asked = only ?? "all";
    await this.job.run({ kind: "check_tools", step: this.#step, only }, (event) => {
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
}
