import { beforeEach, describe, expect, test } from "vitest";
import { backend, type SearchAnswer } from "../src/lib/backend";
import { Search } from "../src/lib/state/search.svelte";

let waiting: Map<string, (answer: SearchAnswer) => void>;

function say(query: string, title: string): void {
  const hit = {
    route: `page/${title}`,
    page: title,
    anchor: "",
    title,
    marks: [],
    breadcrumb: "",
    kind: "concept",
    score: 1,
    snippet: "",
    snippetMarks: [],
  };
  waiting.get(query)?.({ query, hits: [hit], total: 1 });
}

describe("the palette's search", () => {
  beforeEach(() => {
    waiting = new Map();
    backend.search = (query) => new Promise((resolve) => waiting.set(query, resolve));
  });

  test("throws away the answer to an older question", async () => {
    const search = new Search();
    const asked = [search.ask("pa"), search.ask("paved")];
    say("paved", "new");
    say("pa", "old");
    await Promise.all(asked);
    expect(search.hits.map(({ title }) => title)).toEqual(["new"]);
  });

  test("shows the last answer until the next is there", async () => {
    const search = new Search();
    const first = search.ask("p");
    say("p", "kept");
    await first;
    void search.ask("pa");
    expect(search.hits.map(({ title }) => title)).toEqual(["kept"]);
  });

  test("drops an answer that comes after the question was cleared", async () => {
    const search = new Search();
    const asked = search.ask("pa");
    await search.ask("");
    say("pa", "late");
    await asked;
    expect(search.hits).toEqual([]);
  });

  test("tells of a failure only while its question stands", async () => {
    const search = new Search();
    backend.search = () => Promise.reject(new Error("the index is being built"));
    await search.ask("x");
    expect(search.failure?.message).toBe("the index is being built");
    await search.ask("");
    expect(search.failure).toBeNull();
  });

  test("moves the choice round the ends", () => {
    const search = new Search();
    search.move(-1, 3);
    expect(search.chosen).toBe(2);
    search.move(1, 3);
    expect(search.chosen).toBe(0);
  });
});
