import { untrack } from "svelte";
import { failureOf, type Failure } from "../backend";

/** No placeholder is shown for a wait shorter than this, in milliseconds. */
export const PATIENCE = 300;

/** Something that needs no reading, for a screen that is there at once. */
export function given<T>(key: string, value: T): Loaded<T> {
  const loaded = new Loaded<T>();
  loaded.key = key;
  loaded.value = value;
  return loaded;
}

/** Something read from the backend. What was there stays in view until the new is here, or the wait is long. */
export class Loaded<T> {
  value = $state.raw<T | undefined>();
  failure = $state.raw<Failure | null>(null);
  /** Which one `value` or `failure` is about. */
  key = $state("");
  pending = $state(false);
  /** The wait has become long enough to show a placeholder. */
  slow = $state(false);
  #turn = 0;
  #wanted = "";
  #read: (() => Promise<T>) | undefined;

  load(key: string, read: () => Promise<T>): Promise<void> {
    this.#read = read;
    this.#wanted = key;
    return untrack(() => this.#run(key, read));
  }

  reload(): Promise<void> {
    const read = this.#read;
    return read ? untrack(() => this.#run(this.#wanted, read)) : Promise.resolve();
  }

  /** An answer that came another way, such as from a command that returns the new state. */
  show(value: T): void {
    this.#turn += 1;
    this.value = value;
    this.failure = null;
    this.pending = false;
    this.slow = false;
  }

  async #run(key: string, read: () => Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    this.pending = true;
    const timer = setTimeout(() => {
      if (turn !== this.#turn) return;
      this.slow = true;
      if (key !== this.key) this.value = undefined;
      this.failure = null;
    }, PATIENCE);
    try {
      const value = await read();
      if (turn !== this.#turn) return;
      this.value = value;
      this.failure = null;
    } catch (reason) {
      if (turn !== this.#turn) return;
      if (key !== this.key) this.value = undefined;
      this.failure = failureOf(reason);
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) {
        this.key = key;
        this.pending = false;
        this.slow = false;
      }
    }
  }
}
