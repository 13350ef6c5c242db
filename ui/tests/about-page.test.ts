import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import type { LinkCard } from "../src/lib/backend";
import { about, link } from "../src/lib/backend/fixture/book";
import AboutPage from "../src/lib/components/reading/AboutPage.svelte";

afterEach(cleanup);

function groups(related: LinkCard[]): string[] {
  render(AboutPage, { about: about({ owner: null, reviewed: null }), related });
  return screen.queryAllByRole("heading").map((heading) => {
    const links = [...(heading.nextElementSibling?.querySelectorAll("a") ?? [])];
    return [heading.textContent, ...links.map(({ textContent }) => textContent)].join(" ");
  });
}

test("related concepts stand apart from related pages", () => {
  const concept = link("library/concepts/golden-path", "Golden path", "concept");
  const page = link("library/how-to/roll-back", "Roll back", "how-to");

  expect(groups([page, concept])).toEqual(["Related concepts Golden path", "Related pages Roll back"]);
  cleanup();
  expect(groups([page])).toEqual(["Related pages Roll back"]);
  cleanup();
  expect(groups([])).toEqual([]);
});
