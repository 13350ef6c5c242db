import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import Prose from "../src/lib/components/reading/Prose.svelte";
import { recent } from "../src/lib/state/recent.svelte";
import { scrolls } from "../src/lib/state/scrolls";
import { ticks } from "../src/lib/state/ticks";

const LIST = `<ul><li><input type="checkbox" disabled checked> Ask</li><li><input type="checkbox" disabled> Build<ul><li>it</li></ul></li></ul>`;

function box(name: string): HTMLInputElement {
  return screen.getByRole<HTMLInputElement>("checkbox", { name });
}

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe("what a window keeps", () => {
  test("is kept apart for each roadbook", () => {
    recent.begin("acme");
    recent.add({ hash: "#/page/a", title: "A", where: "" });
    ticks.begin("acme");
    ticks.keep("a", "Build", true);

    recent.begin("other");
    ticks.begin("other");
    expect(recent.pages).toEqual([]);
    expect(ticks.of("a", "Build")).toBeNull();

    recent.begin("acme");
    ticks.begin("acme");
    expect(recent.pages.map(({ title }) => title)).toEqual(["A"]);
    expect(ticks.of("a", "Build")).toBe(true);
  });

  test("of how far a page was read belongs to its roadbook", () => {
    scrolls.begin("acme");
    scrolls.keep("#/page/a", 120);
    expect(scrolls.of("#/page/a")).toBe(120);
    scrolls.begin("other");
    expect(scrolls.of("#/page/a")).toBeNull();
  });
});

describe("the boxes of a task list", () => {
  test("are the reader's on a page, and are remembered", () => {
    ticks.begin("acme");
    const drawn = render(Prose, { html: LIST, page: "library/a" });
    expect([box("Ask").checked, box("Build").checked]).toEqual([true, false]);
    box("Ask").click();
    box("Build").click();
    drawn.unmount();

    ticks.begin("acme");
    render(Prose, { html: LIST, page: "library/a" });
    expect([box("Ask").checked, box("Build").checked]).toEqual([false, true]);
  });

  test("are dead where the text is no page", () => {
    render(Prose, { html: LIST });
    expect(box("Build").disabled).toBe(true);
  });
});
