import { describe, expect, test } from "vitest";
import { field, starterView } from "../src/lib/backend/fixture/starters";
import { FOLDER, PARENT } from "../src/lib/state/placing.svelte";
import { Scaffold } from "../src/lib/state/scaffold.svelte";
import {
  answer,
  carried,
  complaint,
  firstDraft,
  folderNameComplaint,
  parentComplaint,
} from "../src/lib/text/fields";

describe("a field", () => {
  test("that is needed complains when empty, by its name", () => {
    expect(complaint(field("owner", "Owner", { required: true }), "")).toBe("Owner is needed.");
    expect(complaint(field("owner", "Owner"), "")).toBeNull();
  });

  test("says the author's hint where its pattern is not met", () => {
    const name = field("name", "Name", { pattern: "^[a-z]+$", patternHint: "Lower case letters." });
    expect(complaint(name, "abc")).toBeNull();
    expect(complaint(name, "abc1")).toBe("Lower case letters.");
  });

  test("matches its pattern anywhere, as JSON Schema does", () => {
    expect(complaint(field("x", "X", { pattern: "[0-9]" }), "ab1")).toBeNull();
    expect(complaint(field("x", "X", { pattern: "[0-9]" }), "ab")).not.toBeNull();
  });

  test("with a pattern of another dialect is left to the engine", () => {
    expect(complaint(field("x", "X", { pattern: "(?<!" }), "anything")).toBeNull();
  });

  test("counts characters, not UTF-16 units", () => {
    expect(complaint(field("x", "X", { maxLength: 1 }), "🛣")).toBeNull();
    expect(complaint(field("x", "X", { maxLength: 1 }), "ab")).toBe("Use at most 1 characters; these are 2.");
  });

  test("of numbers keeps to its range and to whole numbers", () => {
    const port = field("port", "Port", {
      input: { type: "number", whole: true },
      minimum: 1024,
      maximum: 65535,
    });
    expect(complaint(port, "8080")).toBeNull();
    expect(complaint(port, "80")).toBe("The least is 1024.");
    expect(complaint(port, "8080.5")).toBe("Write a whole number.");
    expect(complaint(port, "x")).toBe("Write a number.");
    expect(answer(port, "8080")).toBe(8080);
  });

  test("of choices answers with the choice's own value", () => {
    const size = field("size", "Size", {
      input: { type: "choice", choices: [1, 2].map((value) => ({ value, title: `${value}` })) },
      default: 2,
    });
    expect(answer(size, firstDraft(size))).toBe(2);
  });

  test("of a list answers with its lines, and of a record with its JSON", () => {
    const lines = field("tags", "Tags", { input: { type: "lines" }, list: true, default: ["a", "b"] });
    expect(firstDraft(lines)).toBe("a\nb");
    expect(answer(lines, "x\n\n y")).toEqual(["x", " y"]);
    const record = field("env", "Variables", { input: { type: "lines" }, record: true, default: { a: 1 } });
    expect(answer(record, firstDraft(record))).toEqual({ a: 1 });
    expect(complaint(record, "{ a")).toMatch(/JSON object/);
    expect(complaint(record, "[1]")).toMatch(/JSON object/);
  });

  test("that changes its choices keeps the one that was picked", () => {
    const of = (...values: string[]) =>
      field("owner", "Owner", {
        input: { type: "choice", choices: values.map((value) => ({ value, title: value })) },
      });
    expect(carried(of("a", "b"), of("c", "b", "a"), [1])).toEqual([1]);
    expect(carried(of("a", "b"), of("b", "a"), [0])).toEqual([1]);
    expect(carried(of("a", "b"), of("c"), [0])).toEqual([]);
  });

  test("left empty is no answer, but one that was emptied is", () => {
    expect(answer(field("x", "X"), "")).toBeUndefined();
    expect(answer(field("x", "X", { default: "proposed" }), "")).toBe("");
  });
});

describe("the folder of a project", () => {
  test.each(["", "a/b", "..", "aux", "name.", "-x", "a:b"])("cannot be named %j", (name) => {
    expect(folderNameComplaint(name)).not.toBeNull();
  });

  test.each(["hello-service", "Über", ".config"])("can be named %j", (name) => {
    expect(folderNameComplaint(name)).toBeNull();
  });

  test("goes in an absolute folder or one of the home folder", () => {
    expect(parentComplaint("/home/ada")).toBeNull();
    expect(parentComplaint("~/projects")).toBeNull();
    expect(parentComplaint("C:\\work")).toBeNull();
    expect(parentComplaint("projects")).not.toBeNull();
  });
});

describe("a form", () => {
  test("complains about nothing before the person was there", () => {
    const form = new Scaffold(starterView("rust-service"), null);
    expect(form.complaintAt("name")).toBeNull();
    expect(form.firstWrong()).toBe("name");
    expect(form.complaintAt("name")).toBe("Name is needed.");
  });

  test("names the folder after the name field until it gets its own", () => {
    const form = new Scaffold(starterView("rust-service"), null);
    form.drafts.set("name", "hello-service");
    expect(form.folder).toBe("hello-service");
    form.folder = "elsewhere";
    form.drafts.set("name", "other");
    expect(form.folder).toBe("elsewhere");
  });

  test("names the folder of a clone after the repository", () => {
    expect(new Scaffold(starterView("getting-started-app"), null).folder).toBe("getting-started-app");
  });

  test("asks for the project with typed answers and the task", () => {
    const form = new Scaffold(starterView("rust-service"), "first-service/create#starter");
    form.drafts.set("name", "hello-service");
    form.drafts.set("description", "Says hello.");
    form.parent = "~/projects ";
    expect(form.firstWrong()).toBeUndefined();
    expect(form.request()).toEqual({
      starter: "rust-service",
      parent: "~/projects",
      name: "hello-service",
      task: "first-service/create#starter",
      values: {
        name: "hello-service",
        description: "Says hello.",
        owner: "team-orders",
        port: 8080,
        image: "registry.example/service",
        database: true,
        regions: ["eu"],
      },
    });
  });

  test("points at the folder's own fields", () => {
    const form = new Scaffold(starterView("getting-started-app"), null);
    form.parent = "";
    expect(form.firstWrong()).toBe(PARENT);
    form.parent = "/home/ada";
    form.folder = "";
    expect(form.firstWrong()).toBe(FOLDER);
  });
});
