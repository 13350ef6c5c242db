// How far down each page was read, kept across starts and crashes.

import { keptPer, type Kept } from "./kept";

const LIMIT = 100;
const stores = keptPer<[string, number][]>("roadbook.scroll", []);
let store: Kept<[string, number][]> | undefined;
let offsets = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

export const scrolls = {
  /** Those of this roadbook. */
  begin(book: string): void {
    store = stores(book);
    offsets = new Map(store.read());
  },

  of(page: string): number | null {
    return offsets.get(page) ?? null;
  },

  keep(page: string, offset: number): void {
    offsets.delete(page);
    if (offset > 0) offsets.set(page, Math.round(offset));
    clearTimeout(timer);
    timer = setTimeout(() => store?.write([...offsets].slice(-LIMIT)), 200);
  },
};
