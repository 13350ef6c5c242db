import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import KeysDialog from "../src/lib/components/frame/KeysDialog.svelte";
import Palette from "../src/lib/components/search/Palette.svelte";
import { closeDialogs, dialogs } from "../src/lib/state/dialogs.svelte";
import { followKeys } from "../src/lib/state/keys";
import { router } from "../src/lib/state/router.svelte";

beforeEach(() => {
  closeDialogs();
  router.begin("path/first-day");
  document.body.innerHTML = "<button>Behind</button>";
  addEventListener("keydown", followKeys);
});

afterEach(() => {
  removeEventListener("keydown", followKeys);
  cleanup();
});

/** Whether nothing else may take the keys for something. */
async function press(key: string, held: { ctrlKey?: boolean; altKey?: boolean } = {}): Promise<boolean> {
  return !(await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...held }));
}

describe("a shortcut", () => {
  test("that changes the place takes the palette and the list of shortcuts away", async () => {
    render(Palette);
    render(KeysDialog);
    await press("k", { ctrlKey: true });
    expect(await screen.findByRole("combobox")).toBeTruthy();

    await press("2", { ctrlKey: true });

    expect(router.route).toEqual({ name: "paths" });
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement?.textContent).not.toBe("Behind");
    await press("?");
    expect(await screen.findByRole("dialog", { name: "Keyboard" })).toBeTruthy();
    await press(",", { ctrlKey: true });
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("gives the focus back where the place stays", async () => {
    render(Palette);
    screen.getByRole("button", { name: "Behind" }).focus();
    await press("k", { ctrlKey: true });
    await screen.findByRole("combobox");
    await press("k", { ctrlKey: true });
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Behind"));
  });

  test("opens the palette again while it is still closing", async () => {
    render(Palette);
    await press("k", { ctrlKey: true });
    await screen.findByRole("combobox");
    fireEvent.keyDown(document.body, { key: "2", ctrlKey: true });
    screen.getByRole("button", { name: "Behind" }).focus();
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });

    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("combobox")));
    await press("Escape");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Behind"));
  });

  test("waits until what a dialog asks is answered", async () => {
    const asking = document.createElement("div");
    asking.role = "dialog";
    asking.dataset.state = "open";
    document.body.append(asking);
    const { visit } = router;

    for (const key of ["k", "2", ","]) expect(await press(key, { ctrlKey: true })).toBe(true);
    expect(await press("ArrowLeft", { altKey: true })).toBe(true);
    expect(await press("?")).toBe(false);
    expect([router.visit, dialogs.search, dialogs.keys]).toEqual([visit, false, false]);

    asking.dataset.state = "closed";
    await press("2", { ctrlKey: true });
    expect(router.route).toEqual({ name: "paths" });
  });
});
