import { backend, failureOf, type Failure, type SearchAnswer, type SearchHit } from "../backend";

const LIMIT = 24;

/** The palette's question and the newest answer to it. */
export class Search {
  query = $state("");
  answer = $state.raw<SearchAnswer | null>(null);
  failure = $state.raw<Failure | null>(null);
  chosen = $state(0);

  get hits(): SearchHit[] {
    return this.answer?.hits ?? [];
  }

  /** Nobody waits: every key press asks, and an answer to an older question is thrown away. */
  async ask(query: string): Promise<void> {
    this.query = query;
    this.chosen = 0;
    if (query.trim() === "") {
      this.answer = null;
      this.failure = null;
      return;
    }
    try {
      const answer = await backend.search(query, LIMIT);
      if (answer.query !== this.query) return;
      this.answer = answer;
      this.failure = null;
      this.chosen = 0;
    } catch (reason) {
      if (query === this.query) this.failure = failureOf(reason);
    }
  }

  /** Moves the choice; past the end it begins again. */
  move(by: number, count: number): void {
    if (count > 0) this.chosen = (this.chosen + by + count) % count;
  }
}
