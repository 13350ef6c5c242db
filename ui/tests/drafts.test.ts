import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backend, install, type FormField, type JobEvent, type StarterView } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { field, project, starterView } from "../src/lib/backend/fixture/starters";
import StarterForm from "../src/lib/components/forms/StarterForm.svelte";
import { drafts } from "../src/lib/state/drafts";
import { letGo } from "../src/lib/state/held";
import { Scaffold, scaffoldKey } from "../src/lib/state/scaffold.svelte";

const KEY = scaffoldKey("rust-service", null);
const STORE = "roadbook.drafts:acme";

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  install(fake());
  drafts.begin("acme");
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  letGo(KEY);
});

function fieldOf(form: Scaffold, name: string): FormField {
  const found = form.fields.find((one) => one.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

/** As a start after a crash: what was not written is gone. */
async function crash(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000);
  letGo(KEY);
  drafts.begin("acme");
}

/** A form of one page with these fields. */
function asking(...fields: FormField[]): StarterView {
  const view = starterView("rust-service");
  backend.starterForm = async () => ({ pages: [{ title: "", description: "", fields }], problems: [] });
  return { ...view, pages: [{ title: "", description: "", fields }] };
}

describe("a half-filled form", () => {
  test("is there again after a crash, and what was proposed goes on following", async () => {
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "orders");
    form.set(fieldOf(form, "owner"), [1]);
    form.set(fieldOf(form, "database"), false);
    form.set(fieldOf(form, "port"), "90x");
    form.parent = "/srv/work";
    form.at = 1;
    await crash();

    const again = new Scaffold(starterView("rust-service"), null);
    await vi.advanceTimersByTimeAsync(0);

    expect(again.restored).toBe(true);
    const held = ["name", "owner", "database", "port", "image"].map((name) => again.drafts.get(name));
    expect(held).toEqual(["orders", [1], false, "90x", "registry.example/orders"]);
    expect([again.parent, again.folder, again.at]).toEqual(["/srv/work", "orders", 1]);
  });

  test("is over once its project was made, even if a crash came before that was written", async () => {
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "orders");
    form.set(fieldOf(form, "port"), "8081");
    await crash();

    const view = { ...starterView("rust-service"), saved: { name: "orders", port: 8081, database: true } };
    const again = new Scaffold(view, null);

    expect([again.restored, again.offersSaved]).toEqual([false, true]);
    expect(new Scaffold(starterView("rust-service"), null).restored).toBe(false);
  });

  test("belongs to its task and its roadbook", async () => {
    const form = new Scaffold(starterView("rust-service"), "path/step#task");
    form.folder = "mine";
    await crash();
    expect(new Scaffold(starterView("rust-service"), null).restored).toBe(false);
    expect(new Scaffold(starterView("rust-service"), "path/step#task").folder).toBe("mine");
    drafts.begin("other");
    expect(new Scaffold(starterView("rust-service"), "path/step#task").restored).toBe(false);
  });

  test("never keeps a secret", async () => {
    const view = asking(field("name", "Name"), field("token", "Token", { secret: true }));
    const form = new Scaffold(view, null);
    form.set(fieldOf(form, "name"), "orders");
    form.set(fieldOf(form, "token"), "hunter2");
    await crash();
    expect(localStorage.getItem(STORE)).toContain("orders");
    expect(JSON.stringify(localStorage)).not.toContain("hunter2");
    expect(new Scaffold(view, null).drafts.get("token")).toBe("");
  });

  test("finds choices by their values, and leaves a field that has become another", async () => {
    const choices = ["eu", "us"].map((value) => ({ value, title: value }));
    const before = asking(
      field("region", "Region", { input: { type: "choice", choices } }),
      field("size", "Size"),
    );
    const form = new Scaffold(before, null);
    form.set(fieldOf(form, "region"), [1]);
    form.set(fieldOf(form, "size"), "large");
    await crash();

    const after = asking(
      field("region", "Region", { input: { type: "choice", choices: [...choices].reverse() } }),
      field("size", "Size", { input: { type: "switch" } }),
    );
    const again = new Scaffold(after, null);

    expect([again.drafts.get("region"), again.drafts.get("size")]).toEqual([[0], false]);
  });

  test("gives an answer to a field that another answer brings up", async () => {
    const [name, more] = [field("name", "Name"), field("more", "More")];
    const view = asking(name);
    const both = { pages: [{ title: "", description: "", fields: [name, more] }], problems: [] };
    backend.starterForm = async (_, values) =>
      values.name === "orders" ? both : { pages: view.pages, problems: [] };
    const form = new Scaffold(view, null);
    form.set(name, "orders");
    await vi.advanceTimersByTimeAsync(1000);
    form.set(fieldOf(form, "more"), "yes");
    await crash();

    const again = new Scaffold(view, null);
    await vi.advanceTimersByTimeAsync(1000);

    expect(again.drafts.get("more")).toBe("yes");
  });

  test("is dropped once the project is made", async () => {
    backend.job = (_, on: (event: JobEvent) => void) => {
      on({ type: "project", project });
      return { id: "job", done: Promise.resolve(), cancel: async () => undefined };
    };
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "orders");
    await vi.advanceTimersByTimeAsync(1000);
    await form.start();
    await crash();
    expect(new Scaffold(starterView("rust-service"), null).restored).toBe(false);
  });

  test("says that it is restored, and begins anew on request", async () => {
    const props = { starter: starterView("rust-service"), task: null, lead: true, onmade: () => undefined };
    const drawn = render(StarterForm, props);
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "orders" } });
    drawn.unmount();
    await crash();

    render(StarterForm, props);
    expect(screen.getByText("What you had filled in before is still here.")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("orders");
    await fireEvent.click(screen.getByRole("button", { name: "Start over" }));

    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("");
    expect(screen.queryByText(/is still here/)).toBeNull();
    await crash();
    expect(new Scaffold(starterView("rust-service"), null).restored).toBe(false);
  });
});

describe("what is kept of forms", () => {
  const form = (text: string) => ({ answers: { text }, parent: null, folder: null, at: 0 });

  test("is written after a pause, and at once when it is let go", async () => {
    for (const text of ["o", "or", "orders"]) drafts.keep("a", form(text));
    expect(localStorage.getItem(STORE)).toBeNull();
    await vi.advanceTimersByTimeAsync(1000);
    expect(localStorage.getItem(STORE)).toContain("orders");
    drafts.drop("a");
    expect(localStorage.getItem(STORE)).toBe("[]");
  });

  test("has its bounds in number and in size", async () => {
    for (let at = 0; at < 30; at += 1) drafts.keep(`form ${at}`, form("text"));
    drafts.keep("large", form("x".repeat(100_000)));
    await crash();
    expect(drafts.of("form 9")).toBeNull();
    expect(drafts.of("form 29")).not.toBeNull();
    expect(drafts.of("large")).toBeNull();
  });

  test("is nothing where nothing is the person's own", async () => {
    drafts.keep("a", { answers: {}, parent: null, folder: null, at: 2 });
    await crash();
    expect(drafts.of("a")).toBeNull();
  });
});
