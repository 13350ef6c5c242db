import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import { install } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { project } from "../src/lib/backend/fixture/starters";
import ProjectEntry from "../src/lib/components/shared/ProjectEntry.svelte";
import { app } from "../src/lib/state/app.svelte";
import { closeDialogs, dialogs } from "../src/lib/state/dialogs.svelte";
import { router } from "../src/lib/state/router.svelte";

const read = vi.hoisted(() => ({ screens: 0, menu: 0 }));

// As when the files of an app are taken away under it.
vi.mock("../src/views/later", () => {
  read.screens += 1;
  throw new Error("A file could not be read.");
});
vi.mock("../src/lib/components/shared/OpenIn.svelte", () => {
  read.menu += 1;
  throw new Error("A file could not be read.");
});

async function open(hash: string): Promise<void> {
  await app.load();
  router.go(hash);
  render(App);
}

beforeEach(() => {
  install(fake());
  read.screens = 0;
  read.menu = 0;
});

afterEach(() => {
  cleanup();
  closeDialogs();
  app.trouble = null;
});

describe("what is read later and is not there", () => {
  test("is told in the place of the screen, and can be tried again", async () => {
    await open("#/paths");
    const heading = { name: "This screen could not be shown" };
    expect(await screen.findByRole("heading", heading)).toBeTruthy();

    await fireEvent.click(screen.getByRole("button", { name: "Try again" }));

    await vi.waitFor(() => expect(read.screens).toBe(2));
    expect(await screen.findByRole("heading", heading)).toBeTruthy();
  });

  test("is told as a notice where it is no screen, and the next press tries again", async () => {
    await open("#/");
    for (const times of [1, 2]) {
      app.trouble = null;
      dialogs.search = true;
      await vi.waitFor(() => expect(app.trouble).not.toBeNull());
      expect([read.screens, dialogs.search]).toEqual([times, false]);
    }
  });

  test("is told at a project, whose name and folder stand there all the same", async () => {
    const drawn = within(render(ProjectEntry, { project }).container);
    expect(await drawn.findByRole("alert")).toBeTruthy();
    expect(drawn.getByText("~/projects/hello-service")).toBeTruthy();

    await fireEvent.click(drawn.getByRole("button", { name: "Try again" }));

    await vi.waitFor(() => expect(read.menu).toBe(2));
    expect(await drawn.findByRole("alert")).toBeTruthy();
  });
});
