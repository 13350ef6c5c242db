import { untrack } from "svelte";
import { backend, failureOf, type Failure, type Job, type JobAsk, type JobEvent } from "../backend";

/**
 * Calls `then` when the job ends, also one that began on an earlier visit to the screen. Called while a component
 * is made.
 */
export function onEnd(running: () => boolean, then: () => void): void {
  let was = false;
  $effect(() => {
    const now = running();
    if (was && !now) untrack(then);
    was = now;
  });
}

/** One job at a time, with what a screen shows of it. */
export class Running {
  running = $state(false);
  stopping = $state(false);
  cancelled = $state(false);
  failure = $state.raw<Failure | null>(null);
  #job: Job | undefined;

  /** Resolves with whether the job came to its end; a failure is kept, not thrown. */
  async run(ask: JobAsk, on: (event: JobEvent) => void): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.cancelled = false;
    this.failure = null;
    try {
      this.#job = backend.job(ask, on);
      await this.#job.done;
      return true;
    } catch (reason) {
      const failure = failureOf(reason);
      if (failure.code === "cancelled") this.cancelled = true;
      else this.failure = failure;
      return false;
    } finally {
      this.running = false;
      this.stopping = false;
      this.#job = undefined;
    }
  }

  async cancel(): Promise<void> {
    if (!this.#job || this.stopping) return;
    this.stopping = true;
    try {
      await this.#job.cancel();
    } catch (reason) {
      this.stopping = false;
      this.failure = failureOf(reason);
    }
  }
}
