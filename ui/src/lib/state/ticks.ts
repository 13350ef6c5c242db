// Boxes of task lists that the reader ticked, kept across starts. They are the reader's own notes: no task passes by
// them, and no progress counts them.

import { keptPer, type Kept } from "./kept";

const LIMIT = 500;
const stores = keptPer<[string, boolean][]>("roadbook.ticks", []);
let store: Kept<[string, boolean][]> | undefined;
let ticked = new Map<string, boolean>();

export const ticks = {
  /** Those of this roadbook. */
  begin(book: string): void {
    store = stores(book);
    ticked = new Map(store.read());
  },

  /** `null` for a box that the reader left as the author had it. */
  of(page: string, text: string): boolean | null {
    return ticked.get(`${page} ${text}`) ?? null;
  },

  keep(page: string, text: string, on: boolean): void {
    const key = `${page} ${text}`;
    ticked.delete(key);
    ticked.set(key, on);
    store?.write([...ticked].slice(-LIMIT));
  },
};
