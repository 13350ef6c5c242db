import { describe, expect, test } from "vitest";
import { backend, type JobEvent } from "../src/lib/backend";
import { toolRows } from "../src/lib/backend/fixture/tools";
import { ToolCheck } from "../src/lib/state/tool-check.svelte";

describe("a check of tools", () => {
  test("lays results over the rows, which keep their place", async () => {
    let tell: (event: JobEvent) => void = () => undefined;
    let end: () => void = () => undefined;
    backend.job = (_, on) => {
      tell = on;
      return { id: "job", done: new Promise((resolve) => (end = resolve)), cancel: async () => undefined };
    };
    const check = new ToolCheck(null);
    const [git, rust] = toolRows;
    if (!git || !rust) throw new Error("no rows");
    const done = check.start(["rust"]);

    expect(check.awaits(rust)).toBe(true);
    expect(check.awaits(git)).toBe(false);

    tell({ type: "tool", row: { ...rust, state: "passed", version: "1.90.0" } });
    expect(check.awaits(rust)).toBe(false);
    expect(check.over(toolRows).map(({ tool }) => tool)).toEqual(toolRows.map(({ tool }) => tool));
    expect(check.over(toolRows)[1]?.version).toBe("1.90.0");

    end();
    await done;
    check.settle();
    expect(check.over(toolRows)).toEqual(toolRows);
  });

  test("that is stopped is no failure", async () => {
    let stop: (reason: unknown) => void = () => undefined;
    backend.job = () => ({
      id: "job",
      done: new Promise((_, reject) => (stop = reject)),
      cancel: async () => stop({ code: "cancelled", message: "Stopped.", hint: "" }),
    });
    const check = new ToolCheck(null);
    const done = check.start(null);
    await check.job.cancel();
    await done;
    expect([check.job.cancelled, check.job.failure, check.job.running]).toEqual([true, null, false]);
  });
});
