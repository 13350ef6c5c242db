// @vitest-environment node
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

let out: string;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "roadbook-ui-"));
  await build({ mode: "production", logLevel: "silent", build: { outDir: out, emptyOutDir: true } });
}, 120_000);

afterAll(() => rm(out, { recursive: true }));

test("the product's bundle holds nothing of the fixture", async () => {
  const files = await readdir(join(out, "assets"));
  const scripts = files.filter((file) => file.endsWith(".js"));
  const text = (await Promise.all(scripts.map((file) => readFile(join(out, "assets", file), "utf8")))).join();
  expect(scripts).toHaveLength(1);
  expect(text).toContain("create_project");
  expect(text).not.toContain("Acme engineering roadbook");
});

test("the page obeys the strictest content security policy", async () => {
  const page = await readFile(join(out, "index.html"), "utf8");
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
  expect([...page.matchAll(/<script[^>]*>/g)].every(([tag]) => tag.includes("src="))).toBe(true);
  expect(page).not.toMatch(/https?:\/\//);
});
