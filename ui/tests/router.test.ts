import { beforeEach, describe, expect, test, vi } from "vitest";
import { backend } from "../src/lib/backend";
import { router } from "../src/lib/state/router.svelte";

describe("the window's history", () => {
  beforeEach(() => {
    history.replaceState(null, "", "#");
    backend.setPlace = vi.fn(async () => undefined);
  });

  test("begins where the window was left", () => {
    router.begin("page/first-service/create?at=run-it");
    expect(router.route).toEqual({ name: "page", id: "first-service/create", at: "run-it" });
  });

  test("begins where the address says, if it says something", () => {
    history.replaceState(null, "", "#/tools");
    router.begin("page/first-service/create");
    expect(router.route).toEqual({ name: "tools", scope: { type: "all" } });
  });

  test("tells the store of every place, without its marks", () => {
    router.begin(null);
    router.go("#/path/first-day");
    expect(backend.setPlace).toHaveBeenLastCalledWith("path/first-day");
    expect(router.canGoBack).toBe(true);
  });

  test("goes nowhere twice", () => {
    router.begin(null);
    const length = history.length;
    router.go("#/library");
    router.go("#/library");
    expect(history.length).toBe(length + 1);
  });

  test("puts focus on the heading, names the window and says where it is", () => {
    document.body.innerHTML = '<main><h1 tabindex="-1">Library</h1></main>';
    router.go("#/library");
    router.arrive("Library");
    expect(document.activeElement?.textContent).toBe("Library");
    expect(document.title).toBe("Library – Roadbook");
  });
});
