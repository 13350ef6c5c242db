import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepsFocus, type NextFocus } from "../src/lib/state/focus";

let box: HTMLElement;
let end: () => void;

function keep(next?: NextFocus): void {
  end = keepsFocus(next)(box) ?? (() => undefined);
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
}

/** The focus, once what was begun has run out. */
async function focused(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return document.activeElement?.textContent ?? "";
}

beforeEach(() => {
  document.body.innerHTML = "<div><button>One</button><button>Two</button></div><button>Beside</button>";
  box = document.querySelector("div") ?? document.body;
});

afterEach(() => end());

test("the control that has the focus is taken away: another one in its part of the page takes it", async () => {
  keep();
  button("One").focus();
  button("One").remove();
  expect(await focused()).toBe("Two");
});

test("what takes the focus is chosen by what lost it, and may be a text", async () => {
  box.insertAdjacentHTML("beforeend", "<p>Done</p>");
  keep((within, lost) => (lost.textContent === "Two" ? within.querySelector("p") : null));
  button("Two").focus();
  button("Two").remove();
  expect(await focused()).toBe("Done");
});

test("the focus waits for a control that comes later", async () => {
  keep();
  button("Two").focus();
  box.replaceChildren();
  expect(await focused()).not.toBe("Three");
  box.innerHTML = "<button>Three</button>";
  expect(await focused()).toBe("Three");
});

test("a control that is disabled for a moment has the focus afterwards", async () => {
  keep();
  const one = button("One");
  one.focus();
  one.disabled = true;
  one.blur();
  one.disabled = false;
  expect(await focused()).toBe("One");
});

test("nothing is taken from who has gone elsewhere", async () => {
  keep();
  button("One").focus();
  button("Beside").focus();
  button("One").remove();
  expect(await focused()).toBe("Beside");

  button("Two").focus();
  button("Two").blur();
  await focused();
  button("Two").remove();
  expect(await focused()).not.toBe("Two");
  expect(document.activeElement).toBe(document.body);
});

test("a place that was chosen for what happened goes first", async () => {
  keep();
  button("One").focus();
  button("One").remove();
  await Promise.resolve();
  button("Beside").focus();
  expect(await focused()).toBe("Beside");
});

test("what opened a dialog may be gone when the dialog closes", async () => {
  keep();
  button("One").focus();
  document.body.insertAdjacentHTML("beforeend", "<div role='dialog'><button>Run</button></div>");
  button("Run").focus();
  button("One").remove();
  expect(await focused()).toBe("Run");

  document.querySelector("[role=dialog]")?.remove();

  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Two"));
});

test("of parts within each other the inner one decides as long as it is there", async () => {
  // The outer part is there first, as that of a task is before its form.
  keep();
  const inner = document.createElement("div");
  inner.innerHTML = "<button>Cancel</button>";
  box.append(inner);
  const endInner = keepsFocus((within) => within.querySelector<HTMLElement>("[type=submit]"))(inner);
  button("Cancel").focus();
  inner.innerHTML = "<button>First</button><button type='submit'>Create</button>";
  expect(await focused()).toBe("Create");

  inner.remove();
  expect(await focused()).toBe("One");
  endInner?.();
});
