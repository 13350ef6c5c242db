import { describe, expect, test } from "vitest";
import { href, identity, linkTo, parse } from "../src/lib/state/route";

describe("routes", () => {
  test("an empty hash is Home", () => {
    expect(parse("")).toEqual({ name: "home" });
    expect(parse("#/")).toEqual({ name: "home" });
  });

  test("a page keeps the slashes of its id and its anchor", () => {
    expect(parse("#/page/library/concepts/paved-path?at=on-and-off")).toEqual({
      name: "page",
      id: "library/concepts/paved-path",
      at: "on-and-off",
    });
  });

  test("a starter knows the task that asked for it", () => {
    expect(parse("#/starter/go/api?task=first-service/create%23starter")).toEqual({
      name: "starter",
      id: "go/api",
      task: "first-service/create#starter",
    });
  });

  test.each(["#/nowhere", "#/paths/x", "#/tools/x", "#/path/", "#/page"])("%s is lost", (hash) => {
    expect(parse(hash).name).toBe("lost");
  });

  test("a broken escape is taken as it is written", () => {
    expect(parse("#/page/library/100%")).toEqual({ name: "page", id: "library/100%", at: null });
  });

  test.each([
    "#/",
    "#/tools",
    "#/tools?path=first-day",
    "#/tools?folder=%2Fhome%2Fada%2Fa%20b%26c",
    "#/path/first-day",
    "#/page/library/caf%C3%A9?at=a%20b",
    "#/starter/go/api?task=a%2Fb%23c",
  ])("%s is written as it was read", (hash) => {
    expect(href(parse(hash))).toBe(hash);
  });

  test("two places on a page are the same screen", () => {
    expect(identity(parse("#/page/a/b?at=x"))).toBe(identity(parse("#/page/a/b?at=y")));
    expect(identity(parse("#/page/a/b"))).not.toBe(identity(parse("#/page/a/c")));
  });

  test("links lead to the screen of their kind", () => {
    expect(linkTo({ id: "library", kind: "section" })).toBe("#/library");
    expect(linkTo({ id: "first-day", kind: "path" })).toBe("#/path/first-day");
    expect(linkTo({ id: "first-day/tools", kind: "step" })).toBe("#/page/first-day/tools");
  });
});
