import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backend, install, type JobAsk, type StarterView } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { preview, project, starterView } from "../src/lib/backend/fixture/starters";
import StarterForm from "../src/lib/components/forms/StarterForm.svelte";
import { announcement } from "../src/lib/state/announce.svelte";
import { drafts } from "../src/lib/state/drafts";
import { letGo } from "../src/lib/state/held";
import { PAUSE, Scaffold, scaffoldKey } from "../src/lib/state/scaffold.svelte";

let asked: JobAsk[];

beforeEach(() => {
  asked = [];
  // Nothing is kept from one test to the next.
  drafts.begin(expect.getState().currentTestName ?? "");
  install(fake());
  backend.job = (ask) => {
    asked.push(ask);
    return { id: "job", done: Promise.resolve(), cancel: async () => undefined };
  };
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  letGo(scaffoldKey("rust-service", null));
});

function fieldOf(form: Scaffold, name: string) {
  const field = form.fields.find((one) => one.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

describe("defaults", () => {
  test("follow an earlier answer, after a pause and once for all that was typed", async () => {
    vi.useFakeTimers();
    const ask = vi.spyOn(backend, "starterForm");
    const form = new Scaffold(starterView("rust-service"), null);

    for (const typed of ["o", "or", "orders"]) form.set(fieldOf(form, "name"), typed);
    expect(form.drafts.get("image")).toBe("registry.example/service");
    await vi.advanceTimersByTimeAsync(PAUSE);

    expect(form.drafts.get("image")).toBe("registry.example/orders");
    expect(ask).toHaveBeenCalledExactlyOnceWith("rust-service", { name: "orders" });
  });

  test("never take the place of what was typed", async () => {
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "image"), "mine");
    form.set(fieldOf(form, "name"), "orders");
    await form.settle();
    expect(form.drafts.get("image")).toBe("mine");
    expect(form.drafts.get("name")).toBe("orders");
  });

  test("that come late are not taken", async () => {
    const answers: ((value: Awaited<ReturnType<typeof backend.starterForm>>) => void)[] = [];
    backend.starterForm = () => new Promise((resolve) => answers.push(resolve));
    vi.useFakeTimers();
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "first");
    await vi.advanceTimersByTimeAsync(PAUSE);
    form.set(fieldOf(form, "name"), "second");
    await vi.advanceTimersByTimeAsync(PAUSE);
    const answer = await fake().starterForm("rust-service", { name: "first" });
    answers[0]?.(answer);
    await vi.advanceTimersByTimeAsync(0);
    expect(form.drafts.get("image")).toBe("registry.example/service");
  });

  test("stay where the form cannot be read", async () => {
    backend.starterForm = () => Promise.reject({ code: "failed", message: "Gone.", hint: "" });
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "orders");
    await form.settle();
    expect(form.drafts.get("name")).toBe("orders");
    expect(form.complaintAt("name")).toBeNull();
  });

  test("name the folder after the slug rather than the title", () => {
    const view = starterView("rust-service");
    const [page] = view.pages;
    if (!page) throw new Error("no page");
    const [name] = page.fields;
    if (!name) throw new Error("no field");
    const asking: StarterView = {
      ...view,
      pages: [
        {
          ...page,
          fields: [
            { ...name, name: "project_name", default: "My Service" },
            { ...name, name: "project_slug", default: "my-service" },
          ],
        },
      ],
    };
    expect(new Scaffold(asking, null).folder).toBe("my-service");
  });
});

describe("the answers from last time", () => {
  test("are filled in on request, and what was only proposed goes on following", async () => {
    const form = new Scaffold(starterView("rust-service"), null);
    expect(form.offersSaved).toBe(true);

    await form.useSaved();

    expect(form.drafts.get("name")).toBe("old-orders");
    expect(form.drafts.get("owner")).toEqual([1]);
    expect(form.drafts.get("port")).toBe("9000");
    expect(form.offersSaved).toBe(false);
    form.set(fieldOf(form, "name"), "new-orders");
    await form.settle();
    expect(form.drafts.get("image")).toBe("registry.example/new-orders");
    expect(form.drafts.get("port")).toBe("9000");
  });

  test("are not offered over something typed", () => {
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "typed");
    expect(form.offersSaved).toBe(false);
  });
});

describe("what the engine says of an answer", () => {
  test("is told at its field until the answer changes", async () => {
    const form = new Scaffold(starterView("rust-service"), null);
    form.set(fieldOf(form, "name"), "taken");
    form.touch("name");
    expect(form.complaintAt("name")).toBeNull();
    await form.settle();
    expect(form.complaintAt("name")).toBe("There is a service of this name.");
    form.set(fieldOf(form, "name"), "free");
    expect(form.complaintAt("name")).toBeNull();
  });
});

describe("a folder that is taken", () => {
  test("is told at its field until another one is named", async () => {
    const message = "There is a folder sample already, and it is not empty.";
    backend.job = () => ({
      id: "job",
      done: Promise.reject({ code: "folder-not-empty", message, hint: "" }),
      cancel: async () => undefined,
    });
    const starter = { ...starterView("getting-started-app"), projectsFolder: "/home/ada" };
    render(StarterForm, { starter, task: null, lead: true, onmade: () => undefined });
    const isWrong = () => {
      return screen.getByLabelText("Name of the project's folder").getAttribute("aria-invalid");
    };
    for (const [label, value] of [
      ["Name of the project's folder", "other"],
      ["Folder", "/home/ada/elsewhere"],
    ] as const) {
      await fireEvent.click(screen.getByRole("button", { name: "Create project" }));
      expect(await screen.findAllByText(message)).toHaveLength(2);
      expect(isWrong()).toBe("true");

      await fireEvent.input(screen.getByLabelText(label), { target: { value } });

      expect(isWrong()).toBe("false");
      expect(screen.queryByText(message)).toBeNull();
    }
    letGo(scaffoldKey("getting-started-app", null));
  });
});

describe("a server that is not known", () => {
  test("is trusted only with the fingerprint that the person was shown", async () => {
    const key = {
      type: "hostKey" as const,
      host: "git.example",
      keyType: "ED25519",
      fingerprint: "SHA256:abc",
    };
    backend.job = (ask, on) => {
      asked.push(ask);
      const refused = asked.length === 1;
      if (refused) on(key);
      const failure = { code: "failed", message: "git.example is not known.", hint: "" };
      return {
        id: "job",
        done: refused ? Promise.reject(failure) : Promise.resolve(),
        cancel: async () => undefined,
      };
    };
    const form = new Scaffold(starterView("getting-started-app"), null);

    await form.start();
    expect(form.hostKey).toMatchObject({ host: "git.example", fingerprint: "SHA256:abc" });
    await form.start(form.hostKey?.fingerprint ?? null);

    expect(form.hostKey).toBeNull();
    expect(asked).toMatchObject([{ acceptHostKey: null }, { acceptHostKey: "SHA256:abc" }]);
  });
});

describe("a form of several pages", () => {
  function draw(): void {
    render(StarterForm, {
      starter: starterView("rust-service"),
      task: null,
      lead: true,
      onmade: () => undefined,
    });
  }

  async function fillFirst(): Promise<void> {
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "orders" } });
    await fireEvent.input(screen.getByLabelText("Description"), { target: { value: "Takes orders." } });
    await fireEvent.click(screen.getByRole("button", { name: "Next" }));
  }

  async function openPreview(): Promise<HTMLElement> {
    await fillFirst();
    await screen.findByLabelText(/Port/);
    await fireEvent.click(screen.getByRole("button", { name: "Next" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Preview the files" }));
    return screen.findByRole("dialog", { name: "What will be made" });
  }

  test("shows one after the other, and goes to what is wrong on this one", async () => {
    draw();
    await fireEvent.click(screen.getByRole("button", { name: "Next" }));
    expect(await screen.findByText("Name is needed.")).toBeTruthy();
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Name")));
    expect(screen.queryByLabelText("Port")).toBeNull();
  });

  test("keeps what was typed when going on and back, and asks for the project at the end", async () => {
    draw();
    await fillFirst();
    const image = await screen.findByLabelText<HTMLInputElement>(/Container image/);
    expect(image.value).toBe("registry.example/orders");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("How it runs"));
    await fireEvent.click(screen.getByRole("button", { name: "Back" }));
    expect((await screen.findByLabelText<HTMLInputElement>("Name")).value).toBe("orders");
    await fireEvent.click(screen.getByRole("button", { name: "Next" }));
    await screen.findByLabelText(/Port/);
    await fireEvent.click(screen.getByRole("button", { name: "Next" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Create project" }));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ kind: "create_project", request: { name: "orders" } });
  });

  test("tells where the project is that was made", async () => {
    backend.job = (_, on) => {
      on({ type: "project", project });
      return { id: "job", done: Promise.resolve(), cancel: async () => undefined };
    };
    draw();
    await fillFirst();
    await screen.findByLabelText(/Port/);
    await fireEvent.click(screen.getByRole("button", { name: "Next" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Create project" }));
    await screen.findByText(/is ready in/);
    expect(announcement.text).toBe("hello-service is ready in ~/projects/hello-service");
  });

  test("tells as typed what is wrong with a value", async () => {
    draw();
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Hello Service" } });
    expect(screen.getByText(/Use lower case letters/)).toBeTruthy();
  });

  test("shows the files before anything is made", async () => {
    backend.job = (ask, on) => {
      asked.push(ask);
      if (ask.kind === "preview_project") on({ type: "previewed", preview: preview(ask.request) });
      return { id: "job", done: Promise.resolve(), cancel: async () => undefined };
    };
    draw();
    const dialog = await openPreview();
    expect(await within(dialog).findByText(/# orders/)).toBeTruthy();
    const tree = within(dialog).getByRole("tree", { name: "Files" });
    expect(within(tree).getByText(".github/workflows")).toBeTruthy();
    await fireEvent.click(within(tree).getByText("logo.png"));
    expect(await within(dialog).findByText(/is not shown/)).toBeTruthy();
    expect(within(dialog).getByText(/Shown, never run/)).toBeTruthy();
    expect(asked.map(({ kind }) => kind)).toEqual(["preview_project"]);
  });

  test("stops a preview that takes long when it is closed", async () => {
    const cancel = vi.fn(async () => undefined);
    backend.job = () => ({ id: "job", done: new Promise(() => undefined), cancel });
    draw();
    const dialog = await openPreview();
    expect(within(dialog).getByRole("status").textContent).toMatch(/Rendering/);
    expect(cancel).not.toHaveBeenCalled();
    await fireEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });
});
