import { cleanup, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import App from "../src/App.svelte";
import { backend, install } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { app } from "../src/lib/state/app.svelte";
import { router } from "../src/lib/state/router.svelte";

// Read before the clock of a test runs: all screens come in one file.
beforeAll(() => import("../src/views/later"), 60_000);

beforeEach(async () => {
  install(fake());
  const start = await backend.start();
  backend.start = async () => ({ ...start, book: { ...start.book, language: "de" } });
  document.documentElement.lang = "en";
  await app.load();
});

afterEach(cleanup);

function languageOf(element: Element): string | null | undefined {
  return element.closest("[lang]")?.getAttribute("lang");
}

async function open(hash: string): Promise<ReturnType<typeof within>> {
  router.go(hash);
  render(App);
  await screen.findByRole("heading", { level: 1 });
  return within(screen.getByRole("main"));
}

test("a page is in the roadbook's language, and what the app says of it is not", async () => {
  const page = await open("#/page/first-service/quiz");
  const question = await page.findByRole("group");
  expect(languageOf(page.getByRole("heading", { level: 1 }))).toBe("de");
  expect(languageOf(within(question).getByText("The platform team"))).toBe("de");
  expect(languageOf(page.getByRole("button", { name: "Check answer" }))).toBe("en");
  expect(languageOf(page.getByRole("heading", { name: "Question" }))).toBe("en");
});

test.each([
  ["#/path/first-service", "Ship your first service"],
  ["#/starter/rust-service", "Rust service"],
])("the title of %s is in the roadbook's language", async (hash, title) => {
  const main = await open(hash);
  expect(languageOf(await main.findByRole("heading", { level: 1, name: title }))).toBe("de");
});

test.each([
  ["#/paths", "Ship your first service", "Paths"],
  ["#/library", "Paved path", "Library"],
  ["#/starters", "Rust service", "Starters"],
])("what %s lists is in the roadbook's language, and its own heading is not", async (hash, link, title) => {
  const main = await open(hash);
  expect(languageOf(await main.findByRole("link", { name: link }))).toBe("de");
  expect(languageOf(main.getByRole("heading", { level: 1, name: title }))).toBe("en");
});
