import { SvelteMap } from "svelte/reactivity";
import type { ToolRow } from "../backend";
import { Running } from "./running.svelte";

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
      if (event.type === "tool") this.#live.set(event.row.tool, event.row);
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
      const live = this.#live.get(row.tool);
      // The same tool may be asked for by another path with another range: only its own row is replaced.
      return live && live.required === row.required ? live : row;
    });
  }

  /** Whether this tool waits for its result. */
  awaits(row: ToolRow): boolean {
    if (!this.job.running || this.#asked === null) return false;
    if (this.#asked !== "all" && !this.#asked.includes(row.tool)) return false;
    const live = this.#live.get(row.tool);
    return !live || live.state === "todo";
  }
}
