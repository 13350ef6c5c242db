import { describe, expect, test } from "vitest";
import { paths, steps } from "../src/lib/backend/fixture/book";
import { pieces } from "../src/lib/text/marks";
import { copyable } from "../src/lib/text/prompts";
import { duration, nextStep, progress } from "../src/lib/text/words";

describe("copying code", () => {
  test("a console gives its commands without prompts and output", () => {
    const code = "$ cargo test\nrunning 12 tests\n$ curl -fsS http://127.0.0.1:8080/health\nready\n";
    expect(copyable("console", code)).toBe("cargo test\ncurl -fsS http://127.0.0.1:8080/health");
  });

  test("a command over several lines stays whole", () => {
    expect(copyable("console", "$ docker run \\\n    --rm alpine\nhello\n")).toBe(
      "docker run \\\n    --rm alpine",
    );
  });

  test("a root prompt is stripped as well", () => {
    expect(copyable("console", "# apt-get update\n")).toBe("apt-get update");
  });

  test("a console without any prompt is copied whole", () => {
    expect(copyable("console", "no prompt here\n")).toBe("no prompt here");
  });

  test("other languages keep their dollars and comments", () => {
    expect(copyable("bash", "# a comment\n$ odd\n")).toBe("# a comment\n$ odd");
  });
});

describe("marks", () => {
  test("cut the text at their ranges", () => {
    expect(pieces("Paved path", [[6, 10]])).toEqual([
      { text: "Paved ", marked: false },
      { text: "path", marked: true },
    ]);
  });

  test("count characters, not UTF-16 units", () => {
    expect(pieces("🛣️ road", [[3, 7]])).toEqual([
      { text: "🛣️ ", marked: false },
      { text: "road", marked: true },
    ]);
  });

  test("that reach beyond the text or overlap lose and repeat nothing", () => {
    const cut = pieces("abc", [
      [1, 9],
      [0, 2],
    ]);
    expect(cut.map(({ text }) => text).join("")).toBe("abc");
  });
});

describe("words", () => {
  test("progress names concrete numbers", () => {
    expect(paths.map(progress)).toEqual([
      "Finished, 5 steps",
      "3 of 8 steps, about 25 minutes left",
      "9 steps, about 1 hour 35 minutes",
      "6 steps, about 45 minutes",
    ]);
  });

  test("one is singular", () => {
    expect(duration(1)).toBe("1 minute");
    expect(duration(60)).toBe("1 hour");
  });

  test("the next step is one that is asked for here", () => {
    expect(nextStep(steps)?.id).toBe("first-service/create");
    expect(nextStep(steps.filter(({ state }) => state === "done" || state === "skipped"))).toBeUndefined();
  });

  test("an optional step comes after those that are asked for", () => {
    const [optional, asked] = [steps[5], steps[6]];
    expect(nextStep([optional, asked].filter((step) => step !== undefined))?.id).toBe("first-service/quiz");
  });
});
