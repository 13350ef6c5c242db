import { keptPer, type Kept } from "./kept";

export interface RecentPage {
  hash: string;
  title: string;
  where: string;
}

const LIMIT = 8;
const stores = keptPer<RecentPage[]>("roadbook.recent", []);

/** Pages opened lately, newest first: what the palette offers before anything is typed. */
class Recent {
  pages = $state.raw<RecentPage[]>([]);
  #store: Kept<RecentPage[]> | undefined;

  /** Those of this roadbook. */
  begin(book: string): void {
    this.#store = stores(book);
    this.pages = this.#store.read();
  }

  add(page: RecentPage): void {
    this.pages = [page, ...this.pages.filter((other) => other.hash !== page.hash)].slice(0, LIMIT);
    this.#store?.write(this.pages);
  }
}

export const recent = new Recent();
