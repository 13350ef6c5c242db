import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backend, install } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { app } from "../src/lib/state/app.svelte";
import Settings from "../src/views/Settings.svelte";

const full = { code: "failed", message: "The disk is full.", hint: "" };

beforeEach(async () => {
  install(fake());
  app.start = await backend.start();
  const drawn = render(Settings, { start: app.start });
  const save = backend.saveSettings;
  backend.saveSettings = async (settings) => {
    const start = await save(settings);
    await drawn.rerender({ start });
    return start;
  };
});

afterEach(cleanup);

function group(name: string) {
  return within(screen.getByRole("group", { name }));
}

function chosen(name: string): string | undefined {
  const boxes = group(name).getAllByRole<HTMLInputElement>("radio");
  return boxes.find(({ checked }) => checked)?.labels?.[0]?.textContent?.trim();
}

test("a choice that could not be saved falls back, and says so beside it", async () => {
  await fireEvent.click(screen.getByRole("radio", { name: "Platform engineer" }));
  await group("Role").findByText("Role saved.");
  backend.saveSettings = () => Promise.reject(full);

  await fireEvent.click(screen.getByRole("radio", { name: "None in particular" }));

  await group("Role").findByText("The disk is full.");
  expect(chosen("Role")).toBe("Platform engineer");
  expect(screen.queryByText("Role saved.")).toBeNull();

  await fireEvent.click(screen.getByRole("radio", { name: "Dark" }));
  await group("Theme").findByText("The disk is full.");
  expect(chosen("Theme")).toBe("As the system");
  expect(group("Role").queryByText("The disk is full.")).toBeNull();
});

test("a choice made while another is being saved stays", async () => {
  const refusals: ((why: unknown) => void)[] = [];
  backend.saveSettings = () => new Promise((_, fail) => void refusals.push(fail));
  await fireEvent.click(screen.getByRole("radio", { name: "Platform engineer" }));
  await fireEvent.click(screen.getByRole("radio", { name: "Frontend engineer" }));
  refusals[0]?.(full);
  await group("Role").findByText("The disk is full.");
  expect(chosen("Role")).toBe("Frontend engineer");
});

test("the folder that was saved leaves the focus at its field", async () => {
  await fireEvent.input(screen.getByLabelText("Folder for new projects"), { target: { value: "/srv/work" } });
  const button = screen.getByRole("button", { name: "Save folder" });
  button.focus();
  await fireEvent.click(button);
  await screen.findByText("Folder saved.");
  await vi.waitFor(() => {
    expect(document.activeElement).toBe(screen.getByLabelText("Folder for new projects"));
  });
});
