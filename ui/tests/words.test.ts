import { expect, test } from "vitest";
import type { CheckRow, PathCard, TaskState } from "../src/lib/backend";
import { checksWord, newsNote, progress } from "../src/lib/text/words";

const path: PathCard = {
  id: "first-day",
  title: "Your first day",
  summary: "",
  state: "todo",
  total: 6,
  done: 0,
  optional: 2,
  minutes: 95,
  minutesLeft: 95,
  forRole: true,
  status: "active",
};

test("a path that nobody has begun says how long it is, optional steps apart", () => {
  expect(progress(path)).toBe("6 steps and 2 optional, about 1 hour 35 minutes");
});

test("a step that a check of all tools has done is counted before the path is begun", () => {
  expect(progress({ ...path, done: 1, minutesLeft: 70 })).toBe("1 of 6 steps, about 1 hour 10 minutes left");
});

test("news says what came and what was reviewed", () => {
  const note = (kind: string, isNew: boolean) =>
    newsNote({
      page: { id: "x", title: "X", summary: "", kind },
      path: null,
      new: isNew,
      day: "3 November 2026",
    });

  expect(note("path", true)).toBe("New path since 3 November 2026");
  expect(note("how-to", true)).toBe("New page since 3 November 2026");
  expect(note("concept", false)).toBe("Reviewed 3 November 2026");
});

test("checks are counted, without those that do not apply here", () => {
  const word = (...states: TaskState[]) =>
    checksWord(states.map((state): CheckRow => ({ title: "", kind: "file", state, detail: "", ms: null })));

  expect(word("todo", "todo")).toBe("");
  expect(word("passed", "failed", "error", "todo")).toBe("1 of 4 checks passed");
  expect(word("passed", "skipped")).toBe("All checks passed");
});
