// How far down each page was read, kept across starts and crashes.

import { kept } from "./kept";

const LIMIT = 100;
const store = kept<[string, number][]>("roadbook.scroll", []);
const offsets = new Map(store.read());
let timer: ReturnType<typeof setTimeout> | undefined;

export const scrolls = {
  of(page: string): number | null {
    return offsets.get(page) ?? null;
  },

  keep(page: string, offset: number): void {
    offsets.delete(page);
    if (offset > 0) offsets.set(page, Math.round(offset));
    clearTimeout(timer);
    timer = setTimeout(() => store.write([...offsets].slice(-LIMIT)), 200);
  },
};
