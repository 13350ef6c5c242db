import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backend, install, type Failure, type JobAsk, type JobEvent } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { field, project } from "../src/lib/backend/fixture/starters";
import { outdated, upgraded } from "../src/lib/backend/fixture/updates";
import { announcement } from "../src/lib/state/announce.svelte";
import StarterUpdate from "../src/lib/components/shared/StarterUpdate.svelte";
import { letGo } from "../src/lib/state/held";
import { starterUpdateKey } from "../src/lib/state/starter-update.svelte";

let asked: JobAsk[];
let stopped: number;
let tell: (event: JobEvent) => void;
let end: () => void;
let fail: (failure: Failure) => void;

beforeEach(() => {
  asked = [];
  stopped = 0;
  install(fake());
  backend.job = (ask, on) => {
    asked.push(ask);
    tell = on;
    const done = new Promise<void>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    const cancel = async () => {
      stopped += 1;
      fail({ code: "cancelled", message: "Stopped.", hint: "" });
    };
    return { id: "job", done, cancel };
  };
});

afterEach(() => {
  cleanup();
  letGo(starterUpdateKey(project.folder));
});

function request(values: Record<string, unknown>, acceptHostKey: string | null = null) {
  return { folder: project.folder, values, acceptHostKey };
}

async function open() {
  render(StarterUpdate, { project });
  await fireEvent.click(screen.getByRole("button", { name: /Check for a newer starter/ }));
  return within(await screen.findByRole("dialog"));
}

test("what differs is shown file by file, and nothing is written before the person says so", async () => {
  const dialog = await open();
  expect(asked).toEqual([{ kind: "outdated", request: request({}) }]);
  tell({ type: "outdated", view: outdated(project.folder) });
  end();

  await dialog.findByText("Rust service has moved on from 1.4.0 to 1.5.0.");
  expect(dialog.getByText("RUNNING.md → docs/run.md")).toBeTruthy();
  expect(dialog.getByText(/\+on: \[push, pull_request\]/)).toBeTruthy();
  expect(dialog.getByLabelText(/Region/)).toHaveProperty("value", "eu");
  expect(asked).toHaveLength(1);
});

test("an upgrade tells which files need the person", async () => {
  const dialog = await open();
  tell({ type: "outdated", view: outdated(project.folder) });
  end();
  await fireEvent.click(await dialog.findByRole("button", { name: "Bring up to date" }));
  expect(asked[1]).toEqual({
    kind: "upgrade",
    request: request({ region: "eu" }),
  });
  tell({ type: "upgraded", view: upgraded(project.folder) });
  end();

  await dialog.findByText(/1 file needs you/);
  const [first, second] = dialog.getAllByRole("list");
  expect(first?.textContent).toContain(".github/workflows/ci.yaml");
  expect(second?.textContent).not.toContain(".github/workflows/ci.yaml");
  expect(dialog.queryByRole("button", { name: "Bring up to date" })).toBeNull();
});

test("another answer to a new question is compared before anything is written", async () => {
  const dialog = await open();
  tell({ type: "outdated", view: outdated(project.folder) });
  end();
  await fireEvent.input(await dialog.findByLabelText(/Region/), { target: { value: "us" } });
  expect(dialog.queryByRole("button", { name: "Bring up to date" })).toBeNull();
  await fireEvent.click(dialog.getByRole("button", { name: "Compare with these answers" }));
  expect(asked[1]).toEqual({ kind: "outdated", request: request({ region: "us" }) });

  tell({ type: "outdated", view: { ...outdated(project.folder), assumed: [] } });
  end();
  await fireEvent.click(await dialog.findByRole("button", { name: "Bring up to date" }));
  expect(asked[2]).toEqual({ kind: "upgrade", request: request({ region: "us" }) });
});

test("what has to be answered first is asked", async () => {
  const dialog = await open();
  tell({ type: "asks", fields: [field("owner", "Owner")] });
  fail({ code: "invalid", message: "Owner is needed.", hint: "Answer anew: --set owner=…" });
  await dialog.findByText("Owner is needed.");
  expect(dialog.queryByText(/--set/)).toBeNull();

  await fireEvent.click(dialog.getByRole("button", { name: "Compare with these answers" }));
  expect(asked).toHaveLength(1);
  await fireEvent.input(dialog.getByLabelText("Owner"), { target: { value: "payments" } });
  await fireEvent.click(dialog.getByRole("button", { name: "Compare with these answers" }));
  expect(asked[1]).toEqual({ kind: "outdated", request: request({ owner: "payments" }) });
});

test("a server that nobody knows is asked about, and the comparison goes on", async () => {
  const dialog = await open();
  tell({ type: "hostKey", host: "git.example", keyType: "ED25519", fingerprint: "SHA256:abc" });
  fail({ code: "failed", message: "git.example is not known.", hint: "" });
  await dialog.findByText("Is this really git.example?");
  await fireEvent.click(dialog.getByRole("button", { name: /trust it and compare/ }));
  expect(asked[1]).toEqual({ kind: "outdated", request: request({}, "SHA256:abc") });
});

test("a project that is current has nothing to bring up to date", async () => {
  const dialog = await open();
  tell({ type: "outdated", view: { ...outdated(project.folder), current: true, files: [] } });
  end();
  await dialog.findByText("It is as its starter makes it now. There is nothing to do.");
  expect(dialog.queryByRole("button", { name: "Bring up to date" })).toBeNull();
});

test("an upgrade that is refused says why and can be tried again", async () => {
  const dialog = await open();
  tell({ type: "outdated", view: outdated(project.folder) });
  end();
  await fireEvent.click(await dialog.findByRole("button", { name: "Bring up to date" }));
  fail({ code: "invalid", message: "There are changes that are not committed.", hint: "Commit them." });
  await dialog.findByText("There are changes that are not committed.");
  await fireEvent.click(dialog.getByRole("button", { name: "Try again" }));
  expect(asked.map(({ kind }) => kind)).toEqual(["outdated", "upgrade", "upgrade"]);
});

test("closing stops the comparison and never an upgrade", async () => {
  const dialog = await open();
  await fireEvent.click(dialog.getByRole("button", { name: "Close" }));
  expect(stopped).toBe(1);

  await fireEvent.click(screen.getByRole("button", { name: /Check for a newer starter/ }));
  tell({ type: "outdated", view: outdated(project.folder) });
  end();
  await fireEvent.click(await screen.findByRole("button", { name: "Bring up to date" }));
  await fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(stopped).toBe(1);
});

describe("the focus in the dialog", () => {
  function focusOn(name: string | RegExp): Promise<void> {
    return vi.waitFor(() => expect(document.activeElement?.textContent?.trim()).toMatch(name));
  }

  async function stop(): Promise<void> {
    const cancel = await screen.findByRole("button", { name: "Cancel" });
    cancel.focus();
    await fireEvent.click(cancel);
  }

  test("goes to the first question that has no answer, wherever it was", async () => {
    const dialog = await open();
    dialog.getByRole("button", { name: "Close" }).focus();
    tell({ type: "asks", fields: [field("region", "Region", { default: "eu" }), field("owner", "Owner")] });
    fail({ code: "invalid", message: "Owner is needed.", hint: "" });
    await dialog.findByText("Owner is needed.");
    await vi.waitFor(() => expect(document.activeElement).toBe(dialog.getByLabelText("Owner")));
  });

  test("goes to the first file that changed, and from the button that wrote to the end", async () => {
    const dialog = await open();
    dialog.getByRole("button", { name: "Cancel" }).focus();
    tell({ type: "outdated", view: outdated(project.folder) });
    end();
    await focusOn(/^.github.workflows.ci.yaml/);
    expect(announcement.text).toBe("3 files of the starter changed since.");

    const go = dialog.getByRole("button", { name: "Bring up to date" });
    go.focus();
    await fireEvent.click(go);
    await focusOn(/^Cancel$/);
    tell({ type: "upgraded", view: upgraded(project.folder) });
    end();
    await focusOn(/^Close$/);
    expect(announcement.text).toBe("The starter's changes are merged. 1 file needs you");
  });

  test("is never on the answer that trusts a server", async () => {
    const dialog = await open();
    dialog.getByRole("button", { name: "Cancel" }).focus();
    tell({ type: "hostKey", host: "git.example", keyType: "ED25519", fingerprint: "SHA256:abc" });
    fail({ code: "failed", message: "git.example is not known.", hint: "" });
    await dialog.findByText("Is this really git.example?");
    await focusOn(/^Close$/);
  });

  test("is on the button that begins again after a stop, which is told", async () => {
    await open();
    await stop();
    await focusOn(/^Check again$/);
    expect(announcement.text).toBe("Stopped. The project is as it was");
  });
});
