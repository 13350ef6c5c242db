import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backend, install, type Block, type JobEvent, type PageView, type ToolRow } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { project, starterView } from "../src/lib/backend/fixture/starters";
import { toolRows } from "../src/lib/backend/fixture/tools";
import StarterForm from "../src/lib/components/forms/StarterForm.svelte";
import Notices from "../src/lib/components/frame/Notices.svelte";
import ResetProgress from "../src/lib/components/frame/ResetProgress.svelte";
import StepFoot from "../src/lib/components/route/StepFoot.svelte";
import type { StepContext } from "../src/lib/components/tasks/context";
import Task from "../src/lib/components/tasks/Task.svelte";
import ToolBoard from "../src/lib/components/tools/ToolBoard.svelte";
import { app } from "../src/lib/state/app.svelte";
import { letGo } from "../src/lib/state/held";
import { scaffoldKey } from "../src/lib/state/scaffold.svelte";
import { askOf, ToolCheck } from "../src/lib/state/tool-check.svelte";

const STEP = "first-service/create";
const STARTER = "getting-started-app";
let tell: (event: JobEvent) => void;
let end: () => void;
let fail: (reason: unknown) => void;

beforeEach(() => {
  install(fake());
  backend.job = (_, on) => {
    tell = on;
    const done = new Promise<void>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    return { id: "job", done, cancel: async () => fail({ code: "cancelled", message: "", hint: "" }) };
  };
});

afterEach(() => {
  cleanup();
  letGo(`verify:${STEP}#verify`);
  letGo(scaffoldKey(STARTER, null));
});

/** Presses what has this name as the keyboard does: with the focus on it. */
async function press(name: string | RegExp, role = "button"): Promise<void> {
  const control = await screen.findByRole(role, { name });
  control.focus();
  await fireEvent.click(control);
}

function focusOn(name: string | RegExp): Promise<void> {
  return vi.waitFor(() => {
    const { activeElement } = document;
    expect(activeElement?.getAttribute("aria-label") ?? activeElement?.textContent?.trim()).toMatch(name);
  });
}

async function drawTask(step: string, id: string): Promise<void> {
  const taskOf = (page: PageView) => {
    const block = page.blocks.find((one): one is Extract<Block, { type: "task" }> => {
      return one.type === "task" && one.task.id === id;
    });
    if (!block) throw new Error(`no task ${id}`);
    return block.task;
  };
  const context: StepContext = {
    id: step,
    owner: null,
    show: (page) => void drawn.rerender({ task: taskOf(page) }),
    reload: async () => context.show(await backend.page(step)),
  };
  const drawn = render(Task, { task: taskOf(await backend.page(step)), lead: true, step: context });
}

describe("the focus stays with what was pressed", () => {
  test("in a check, from its question to its end", async () => {
    await drawTask(STEP, "verify");
    await press("Check again");
    await press("Run the command");
    await focusOn(/^Stop$/);
    end();
    await focusOn(/^Check again$/);
  });

  test("where a folder is changed, and where the last hint is shown", async () => {
    await drawTask(STEP, "verify");
    await press("Change folder");
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Folder to look in")));
    await press("Keep the one before");
    await focusOn(/^Change folder$/);

    await press(/Show a hint/);
    await press(/Show the next hint/);
    await focusOn(/to see more/);
  });

  test("in notices that are dismissed one by one, and then on the page", async () => {
    const notice = (id: string) => ({ id, message: `Notice ${id}.`, hint: "" });
    app.start = { ...(await backend.start()), notices: [notice("one"), notice("two")] };
    const page = document.createElement("main");
    page.innerHTML = '<h1 tabindex="-1">Home</h1>';
    document.body.append(page);
    render(Notices);

    await press("Dismiss: Notice one.");
    await focusOn(/^Dismiss: Notice two\.$/);
    await press("Dismiss: Notice two.");
    await focusOn(/^Home$/);

    page.remove();
    app.start = null;
  });

  test("in a question that is answered and tried again", async () => {
    await drawTask("first-service/quiz", "quiz");
    await press("The platform team", "radio");
    await press("Check answer");
    await focusOn(/^Try again$/);
    await press("Try again");
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getAllByRole("radio")[0]));
  });

  test("on a box that is being kept, which cannot be ticked twice meanwhile", async () => {
    await drawTask("first-service/ship", "confirm");
    const page = await backend.page("first-service/ship");
    let kept: (page: PageView) => void = () => undefined;
    backend.confirm = vi.fn(() => new Promise<PageView>((resolve) => (kept = resolve)));
    const box = screen.getByRole<HTMLInputElement>("checkbox");

    await press(/.*/, "checkbox");
    await press(/.*/, "checkbox");

    expect([document.activeElement, box.disabled, box.checked]).toEqual([box, false, false]);
    expect(backend.confirm).toHaveBeenCalledOnce();
    kept(page);
  });

  test("on a step that is marked as done", async () => {
    const { step } = await backend.page("first-service/database");
    if (!step) throw new Error("no step");
    const drawn = render(StepFoot, {
      step: { ...step, byHand: true, card: { ...step.card, state: "todo" } },
      lead: true,
      onchange: () =>
        void drawn.rerender({ step: { ...step, byHand: true, card: { ...step.card, state: "done" } } }),
    });
    await press("Mark as done");
    await focusOn(/^Mark as not done$/);
  });

  test("on a step that is reset, whose button goes with its question", async () => {
    const { step } = await backend.page("first-service/tools");
    if (!step) throw new Error("no step");
    const begun = { ...step, byHand: false, card: { ...step.card, state: "started" as const } };
    const drawn = render(StepFoot, {
      step: begun,
      lead: true,
      onchange: () => void drawn.rerender({ step: { ...begun, card: { ...begun.card, state: "todo" } } }),
    });
    await press("Reset this step…");
    await press("Reset the step");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await focusOn(/^(Previous:|Back to the path)/);
  });

  test("in a form, while the project is made, stopped, and there", async () => {
    render(StarterForm, { starter: starterView(STARTER), task: null, lead: true, onmade: () => undefined });
    await press("Create project");
    await focusOn(/^Cancel$/);
    await press("Cancel");
    await focusOn(/^Create project$/);

    await press("Create project");
    tell({ type: "project", project });
    end();
    await focusOn(/^Open in Visual Studio Code/);
    await press("Create another one");
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Folder")));
  });

  test("in a form that asks about a server, never on the answer that trusts it", async () => {
    render(StarterForm, { starter: starterView(STARTER), task: null, lead: true, onmade: () => undefined });
    await press("Create project");
    tell({ type: "hostKey", host: "git.example", keyType: "ED25519", fingerprint: "SHA256:abc" });
    fail({ code: "failed", message: "git.example is not known.", hint: "" });
    await screen.findByText(/Is this really/);
    await focusOn(/^Create project$/);
  });

  test("in a check of tools", async () => {
    const rows: ToolRow[] = toolRows.map((row) => ({ ...row, state: "todo" }));
    const check = new ToolCheck(askOf({ type: "all" }));
    const reload = async () => undefined;
    render(ToolBoard, { groups: [{ title: "Tools", rows }], check, checked: null, lead: true, reload });
    await press("Check tools");
    await focusOn(/^Stop checking$/);
    end();
    await focusOn(/^Check tools$/);
  });

  test("among the paths when one of them begins again", async () => {
    let paths = await fake().paths();
    backend.paths = async () => paths;
    render(ResetProgress);
    const [first, second] = await screen.findAllByRole("button", { name: /^Reset progress on/ });
    const name = second?.getAttribute("aria-label") ?? "";
    first?.focus();
    await fireEvent.click(first ?? document.body);
    const asked = await screen.findByRole("button", { name: "Reset progress" });
    asked.focus();
    paths = paths.filter(({ title }) => name.endsWith(title));
    await fireEvent.click(asked);
    await focusOn(new RegExp(`^${name}$`));
  });
});
