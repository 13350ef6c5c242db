// @vitest-environment node
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

let out: string;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "roadbook-ui-"));
  // In a process of its own: inside of the test runner, modules resolve as they do for tests.
  const vite = [
    join("node_modules", "vite", "bin", "vite.js"),
    "build",
    "--logLevel",
    "error",
    "--outDir",
    out,
  ];
  await promisify(execFile)(execPath, vite, { env: { ...env, VITEST: undefined, NODE_ENV: "production" } });
}, 120_000);

afterAll(() => rm(out, { recursive: true }));

// Not `toContain`: its message would be the whole bundle.
const holds = (text: string, part: string) => text.includes(part);

test("the product's bundle holds nothing of the fixture", async () => {
  const files = await readdir(join(out, "assets"));
  const scripts = files.filter((file) => file.endsWith(".js"));
  const text = (await Promise.all(scripts.map((file) => readFile(join(out, "assets", file), "utf8")))).join();
  expect(holds(text, "create_project")).toBe(true);
  expect(holds(text, "Acme engineering roadbook")).toBe(false);
});

test("the start reads only what it paints", async () => {
  const page = await readFile(join(out, "index.html"), "utf8");
  const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => String(file));
  const begin = (await Promise.all(first.map((file) => readFile(join(out, file), "utf8")))).join();
  // What the page names begins the program after the first paint, and says which files that takes.
  const then = [...begin.matchAll(/"(assets\/[^"]+\.js)"/g)].map(([, file]) => String(file));
  const text = (await Promise.all(then.map((file) => readFile(join(out, file), "utf8")))).join();
  expect(holds(text, "set_place")).toBe(true);
  expect(holds(text, "aria-activedescendant")).toBe(false);
  expect(holds(text, "create_project")).toBe(false);
});

test("the page obeys the strictest content security policy", async () => {
  const page = await readFile(join(out, "index.html"), "utf8");
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
  expect([...page.matchAll(/<script[^>]*>/g)].every(([tag]) => tag.includes("src="))).toBe(true);
  expect(page).not.toMatch(/https?:\/\//);
});
