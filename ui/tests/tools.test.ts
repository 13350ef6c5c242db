import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, describe, expect, test } from "vitest";
import { backend, type JobEvent, type ToolRow } from "../src/lib/backend";
import { toolchainView, toolRows } from "../src/lib/backend/fixture/tools";
import ToolBoard from "../src/lib/components/tools/ToolBoard.svelte";
import ToolEntry from "../src/lib/components/tools/ToolEntry.svelte";
import { askOf, ToolCheck } from "../src/lib/state/tool-check.svelte";
import { toolWord } from "../src/lib/text/words";

afterEach(cleanup);

describe("a check of tools", () => {
  test("lays results over the rows, which keep their place", async () => {
    let tell: (event: JobEvent) => void = () => undefined;
    let end: () => void = () => undefined;
    backend.job = (_, on) => {
      tell = on;
      return { id: "job", done: new Promise((resolve) => (end = resolve)), cancel: async () => undefined };
    };
    const check = new ToolCheck(askOf({ type: "all" }));
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
    const check = new ToolCheck(askOf({ type: "all" }));
    const done = check.start(null);
    await check.job.cancel();
    await done;
    expect([check.job.cancelled, check.job.failure, check.job.running]).toEqual([true, null, false]);
  });
});

describe("the filter to what needs attention", () => {
  test("keeps a row that becomes ready in its place until it is set anew", () => {
    const check = new ToolCheck(askOf({ type: "all" }));
    const [git, rust] = toolRows;
    if (!git || !rust) throw new Error("no rows");

    check.filter(toolRows);
    const mended: ToolRow = { ...rust, state: "passed" };

    expect([check.shows(git), check.shows(rust), check.shows(mended)]).toEqual([false, true, true]);
    check.filter(toolRows);
    expect(check.shows(git)).toBe(true);
    check.filter([git, mended]);
    expect(check.shows(mended)).toBe(false);
  });
});

describe("the tools of a scope", () => {
  test("are checked by the job that knows them", () => {
    expect(askOf({ type: "all" })(null)).toEqual({ kind: "check_tools", step: null, only: null });
    expect(askOf({ type: "path", id: "a" })(["git"])).toEqual({
      kind: "check_tools",
      step: "a",
      only: ["git"],
    });
    expect(askOf({ type: "folder", folder: "~/x" })(null)).toEqual({
      kind: "check_repository",
      folder: "~/x",
      only: null,
    });
  });

  test("are two rows where two files ask for one tool", async () => {
    const view = toolchainView({ type: "folder", folder: "~/x" }, false);
    render(ToolBoard, {
      groups: view.groups,
      check: new ToolCheck(askOf(view.scope.scope)),
      checked: view.checked,
      lead: true,
      reload: async () => undefined,
      report: async () => "",
    });

    const names = screen
      .getAllByRole("button", { name: /^Details of/ })
      .map((one) => one.getAttribute("aria-label"));
    expect(names).toContain("Details of Node.js, asked for by package.json, line 14");
    expect(new Set(names).size).toBe(3);
    expect(
      screen.getByRole("button", { name: /^Copy: .* for Rust, asked for by rust-toolchain.toml, line 2$/ }),
    ).toBeTruthy();
    expect(screen.getByText("1 of 2 tools ready, 1 to look at; checked 2 hours ago")).toBeTruthy();
    const hints = screen.getByRole("list", { name: "Only hinted at" });
    expect(within(hints).getByText("Not as hinted")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: /Needs attention/ }));
    expect(screen.queryAllByRole("heading", { name: "Node.js" })).toHaveLength(0);
    expect(screen.getByText("Pinned to", { exact: false }).textContent).toContain("rust-toolchain.toml");
  });
});

describe("a row", () => {
  test("opens to what was run, where it is, what it said, and who asks", async () => {
    const [git] = toolRows;
    if (!git) throw new Error("no rows");
    render(ToolEntry, { row: git, busy: false });
    const button = screen.getByRole("button", { name: "Details of Git" });
    expect(screen.queryByText("git --version")).not.toBeNull();
    expect(button.getAttribute("aria-expanded")).toBe("false");

    await fireEvent.click(button);

    expect(button.getAttribute("aria-expanded")).toBe("true");
    for (const text of ["git --version", "/usr/bin/git", "git version 2.47.3", "12 ms", "2 hours ago"]) {
      expect(screen.getByText(text)).toBeTruthy();
    }
  });

  test("tells in words what is the matter", () => {
    const [, rust, , , hadolint] = toolRows;
    if (!rust || !hadolint) throw new Error("no rows");
    expect(toolWord(rust)).toBe("Another version needed");
    expect(toolWord(hadolint)).toBe("Missing, recommended");
    expect(toolWord({ ...rust, state: "passed" })).toBe("Ready");
  });
});
