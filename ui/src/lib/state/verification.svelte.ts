import { SvelteMap } from "svelte/reactivity";
import type { CheckRow } from "../backend";
import { Running } from "./running.svelte";

/** Lines kept of what a command printed; older ones are dropped. */
const LINES = 2000;

/** A verify task at work: its checks as they end, and what its commands print. */
export class Verification {
  job = new Running();
  output = $state.raw<string[]>([]);
  #rows = new SvelteMap<number, CheckRow>();
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  async start(step: string, task: string, consent: boolean): Promise<void> {
    this.output = [];
    this.#rows.clear();
    await this.job.run({ kind: "verify", step, task, consent }, (event) => {
      if (event.type === "check") this.#rows.set(event.index, event.row);
      if (event.type === "output") this.#print(event.line);
    });
    this.#flush();
  }

  /** The checks below were read again and know it all, unless one waited for consent: then nothing was kept. */
  settle(): void {
    const waits = [...this.#rows.values()].some((row) => row.state === "todo");
    if (!this.job.running && !waits) this.#rows.clear();
  }

  over(checks: CheckRow[]): CheckRow[] {
    return checks.map((check, index) => {
      const waiting: CheckRow = { ...check, state: "todo", detail: "", ms: null };
      return this.#rows.get(index) ?? (this.job.running ? waiting : check);
    });
  }

  /** Whether this check is the one being looked at. */
  at(index: number): boolean {
    return this.job.running && this.#rows.get(index)?.state === "todo";
  }

  /** A build prints thousands of lines: the screen follows a few times a second. */
  #print(line: string): void {
    this.#waiting.push(line);
    this.#timer ??= setTimeout(() => this.#flush(), 60);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    this.output = [...this.output, ...this.#waiting].slice(-LINES);
    this.#waiting = [];
  }
}
