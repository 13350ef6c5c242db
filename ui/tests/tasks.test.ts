import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backend, install, type Block, type JobAsk, type PageView, type TaskView } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import type { StepContext } from "../src/lib/components/tasks/context";
import Task from "../src/lib/components/tasks/Task.svelte";
import { announcement } from "../src/lib/state/announce.svelte";
import { letGo } from "../src/lib/state/held";

const STEP = "first-service/create";
let asked: JobAsk[];

function taskOf(page: PageView, id: string): TaskView {
  const block = page.blocks.find((one): one is Extract<Block, { type: "task" }> => {
    return one.type === "task" && one.task.id === id;
  });
  if (!block) throw new Error(`no task ${id}`);
  return block.task;
}

/** Draws a task on a page that follows the backend's answers, as the reader does. */
async function draw(step: string, id: string): Promise<void> {
  const { owner } = (await backend.page(step)).about;
  const context: StepContext = {
    id: step,
    owner,
    show: (page) => void drawn.rerender({ task: taskOf(page, id) }),
    reload: async () => context.show(await backend.page(step)),
  };
  const drawn = render(Task, { task: taskOf(await backend.page(step), id), lead: true, step: context });
}

/** Waits until a screen reader was told this last. */
function hear(text: string): Promise<void> {
  return vi.waitFor(() => expect(announcement.text.trim()).toBe(text));
}

beforeEach(() => {
  asked = [];
  announcement.text = "";
  install(fake());
  backend.job = (ask) => {
    asked.push(ask);
    return { id: "job", done: Promise.resolve(), cancel: async () => undefined };
  };
});

afterEach(() => {
  cleanup();
  letGo(`verify:${STEP}#verify`);
});

describe("a quiz", () => {
  test("tells the why of each choice only after an answer", async () => {
    await draw("first-service/quiz", "quiz");
    expect(screen.queryByText("The platform team runs the platform.")).toBeNull();
    const how = screen.getByRole("group").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(how)?.textContent).toBe("Choose one.");
    await fireEvent.click(screen.getByRole("radio", { name: "The platform team" }));
    await fireEvent.click(screen.getByRole("button", { name: "Check answer" }));
    expect(await screen.findByText("The platform team runs the platform.")).toBeTruthy();
    expect(screen.getAllByRole("group").filter((group) => group.hasAttribute("aria-describedby"))).toEqual(
      [],
    );
    expect(screen.getByText("You chose this; it is not the answer")).toBeTruthy();
    await hear("That is not it yet; the reasons are above.");
  });

  test("can be tried again, and passes with the right choice", async () => {
    await draw("first-service/quiz", "quiz");
    await fireEvent.click(screen.getByRole("radio", { name: "The platform team" }));
    await fireEvent.click(screen.getByRole("button", { name: "Check answer" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await fireEvent.click(screen.getByRole("radio", { name: "The team that builds it" }));
    await fireEvent.click(screen.getByRole("button", { name: "Check answer" }));
    expect(await screen.findByText("That is right.")).toBeTruthy();
    await hear("That is right.");
  });

  test("cannot be answered without a choice", async () => {
    await draw("first-service/quiz", "quiz");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Check answer" }).disabled).toBe(true);
  });
});

describe("a verify task", () => {
  test("shows a command whole and runs nothing before consent", async () => {
    await draw(STEP, "verify");
    await fireEvent.click(screen.getByRole("button", { name: "Check again" }));
    const dialog = await screen.findByRole("dialog", { name: "Run this command?" });
    expect(within(dialog).getByText("cargo test --workspace --all-features")).toBeTruthy();
    expect(within(dialog).getByText("~/projects/hello-service")).toBeTruthy();
    expect(asked).toEqual([]);
  });

  test("runs with consent when the person says so", async () => {
    await draw(STEP, "verify");
    await fireEvent.click(screen.getByRole("button", { name: "Check again" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Run the command" }));
    expect(asked).toEqual([{ kind: "verify", step: STEP, task: "verify", consent: true }]);
    await hear("2 of 4 checks passed");
  });

  test("tells when it was stopped, and nothing beside a failure that tells of itself", async () => {
    const stop = { code: "cancelled", message: "Stopped.", hint: "" };
    const broken = { code: "failed", message: "The folder is gone.", hint: "" };
    await draw(STEP, "verify");
    for (const [reason, heard] of [
      [stop, "Stopped"],
      [broken, "Checking"],
    ] as const) {
      backend.job = () => ({ id: "job", done: Promise.reject(reason), cancel: async () => undefined });
      await fireEvent.click(screen.getByRole("button", { name: "Check again" }));
      await fireEvent.click(await screen.findByRole("button", { name: "Run the command" }));
      await hear(heard);
    }
    expect((await screen.findByRole("alert")).textContent).toContain("The folder is gone.");
  });

  test("can check the rest without the command", async () => {
    await draw(STEP, "verify");
    await fireEvent.click(screen.getByRole("button", { name: "Check again" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Check without it" }));
    expect(asked).toEqual([{ kind: "verify", step: STEP, task: "verify", consent: false }]);
  });

  test("runs nothing when the question is left", async () => {
    await draw(STEP, "verify");
    await fireEvent.click(screen.getByRole("button", { name: "Check again" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(asked).toEqual([]);
  });

  test("reveals its hints one by one", async () => {
    await draw(STEP, "verify");
    await fireEvent.click(screen.getByRole("button", { name: "Show a hint (2 left)" }));
    expect(screen.getByText("The first build takes a few minutes.")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Show the next hint (1 left)" }));
    expect(screen.queryByRole("button", { name: /hint/ })).toBeNull();
  });

  test("names who can be asked once a check was missed", async () => {
    await draw(STEP, "verify");
    const asking = screen.getByText("Ask Platform team:").parentElement ?? document.body;
    const links = within(asking).getAllByRole("link");
    expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["#platform-help", "https://chat.example/platform-help"],
      ["Ask the platform team", "https://git.example/platform/issues/new"],
    ]);
  });

  test("says at the field when a folder is not there", async () => {
    await draw(STEP, "verify");
    await fireEvent.click(screen.getByRole("button", { name: "Change folder" }));
    await fireEvent.input(screen.getByLabelText("Folder to look in"), { target: { value: "elsewhere" } });
    await fireEvent.click(screen.getByRole("button", { name: "Use this folder" }));
    expect(await screen.findByText("There is no folder elsewhere.")).toBeTruthy();
  });
});

describe("a confirm task", () => {
  test("falls back when it could not be kept", async () => {
    await draw("first-service/ship", "confirm");
    backend.confirm = () => Promise.reject({ code: "failed", message: "The disk is full.", hint: "" });
    const box = screen.getByRole<HTMLInputElement>("checkbox");
    await fireEvent.click(box);
    expect(await screen.findByText("The disk is full.")).toBeTruthy();
    expect(box.checked).toBe(true);
  });
});
