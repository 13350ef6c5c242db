import { describe, expect, test } from "vitest";
import type { PreviewedFile } from "../src/lib/backend";
import { openRows, treeOf } from "../src/lib/text/tree";

const file = (path: string): PreviewedFile => ({
  path,
  size: 1,
  text: "",
  cut: false,
  executable: false,
  link: false,
});
const rows = treeOf(["b.txt", "src/main.rs", "src/deep/down/x.rs", "a/only/this/y.txt"].map(file));

describe("a tree of files", () => {
  test("has folders first, and those that hold only a folder in one row", () => {
    expect(rows.map(({ name, level }) => `${level} ${name}`)).toEqual([
      "1 a/only/this",
      "2 y.txt",
      "1 src",
      "2 deep/down",
      "3 x.rs",
      "2 main.rs",
      "1 b.txt",
    ]);
  });

  test("hides what is in a closed folder, and nothing whose name only begins like it", () => {
    const shown = openRows(
      treeOf([...rows.flatMap(({ file }) => file ?? []), file("srcs/z")]),
      new Set(["src"]),
    );
    expect(shown.map(({ path }) => path)).toEqual([
      "a/only/this",
      "a/only/this/y.txt",
      "src",
      "srcs",
      "srcs/z",
      "b.txt",
    ]);
  });
});
