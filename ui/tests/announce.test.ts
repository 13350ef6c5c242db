import { expect, test } from "vitest";
import { announce, announcement } from "../src/lib/state/announce.svelte";

test("the same words said again are a change, which is all that a live region tells", () => {
  const told: string[] = [];
  for (const text of ["Copied", "Copied", "Copied", "Stopped"]) {
    announce(text);
    told.push(announcement.text);
  }

  expect(told.map((text) => text.trim())).toEqual(["Copied", "Copied", "Copied", "Stopped"]);
  for (const at of [1, 2, 3]) expect(told[at]).not.toBe(told[at - 1]);
});
