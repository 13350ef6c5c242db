import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Loaded, PATIENCE } from "../src/lib/state/loaded.svelte";

describe("something read from the backend", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("keeps the newest answer when an older one comes late", async () => {
    const loaded = new Loaded<string>();
    let late: (value: string) => void = () => undefined;
    const first = loaded.load("a", () => new Promise((resolve) => (late = resolve)));
    await loaded.load("b", async () => "b");
    late("a");
    await first;
    expect([loaded.key, loaded.value]).toEqual(["b", "b"]);
  });

  test("shows a placeholder only after a long wait", async () => {
    const loaded = new Loaded<string>();
    await loaded.load("a", async () => "a");
    void loaded.load("b", () => new Promise(() => undefined));
    vi.advanceTimersByTime(PATIENCE - 1);
    expect([loaded.slow, loaded.value]).toEqual([false, "a"]);
    vi.advanceTimersByTime(1);
    expect([loaded.slow, loaded.value]).toEqual([true, undefined]);
  });

  test("keeps what is shown when reading it again fails", async () => {
    const loaded = new Loaded<string>();
    let broken = false;
    await loaded.load("a", () => (broken ? Promise.reject(new Error("gone")) : Promise.resolve("a")));
    broken = true;
    await loaded.reload();
    expect([loaded.value, loaded.failure?.message]).toEqual(["a", "gone"]);
  });
});
