import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backend, install, type Failure, type JobAsk, type JobEvent } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { mirrors } from "../src/lib/backend/fixture/starters";
import { announcement } from "../src/lib/state/announce.svelte";
import OfflineCopy from "../src/lib/components/forms/OfflineCopy.svelte";
import { letGo } from "../src/lib/state/held";
import { offlineCopyKey } from "../src/lib/state/offline-copy.svelte";

const STARTER = "getting-started-app";

let asked: JobAsk[];
let copies: Set<string>;
let tell: (event: JobEvent) => void;
let end: () => void;
let fail: (failure: Failure) => void;

beforeEach(() => {
  asked = [];
  copies = new Set();
  install(fake());
  backend.mirrors = async () => mirrors(copies);
  backend.job = (ask, on) => {
    asked.push(ask);
    tell = on;
    const done = new Promise<void>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    return {
      id: "job",
      done,
      cancel: async () => fail({ code: "cancelled", message: "Stopped.", hint: "" }),
    };
  };
});

afterEach(() => {
  cleanup();
  letGo(offlineCopyKey(STARTER));
});

test("a copy is fetched, told about, and removed again", async () => {
  render(OfflineCopy, { starter: STARTER });
  await screen.findByText("No copy yet");
  screen.getByRole("button", { name: "Keep a copy" }).focus();
  await fireEvent.click(screen.getByRole("button", { name: "Keep a copy" }));
  expect(asked).toEqual([{ kind: "fetch_starters", starters: [STARTER], acceptHostKey: null }]);
  tell({ type: "progress", phase: "Receiving objects", fraction: 0.6, detail: "2.1 MB at 3.0 MB/s" });
  await screen.findByText("Receiving objects…");
  expect(screen.getByText("2.1 MB at 3.0 MB/s")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Cancel" }));

  copies.add(STARTER);
  end();
  await screen.findByText("Fetched 2 hours ago, 3.4 MB");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Fetch again" }));

  backend.removeMirror = async (starter) => void copies.delete(starter);
  await fireEvent.click(screen.getByRole("button", { name: "Remove the copy" }));
  await screen.findByText("No copy yet");
  expect(screen.queryByRole("button", { name: "Remove the copy" })).toBeNull();
});

test("a fetch that is cancelled is no failure", async () => {
  render(OfflineCopy, { starter: STARTER });
  await fireEvent.click(await screen.findByRole("button", { name: "Keep a copy" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  await screen.findByText("Stopped. Nothing was left behind.");
  expect(announcement.text).toBe("Stopped");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a fetch that fails says why and leaves the copy that was there", async () => {
  copies.add(STARTER);
  render(OfflineCopy, { starter: STARTER });
  await fireEvent.click(await screen.findByRole("button", { name: "Fetch again" }));
  fail({ code: "offline", message: "git.example does not answer.", hint: "Are you connected?" });
  await screen.findByText("git.example does not answer.");
  expect(screen.getByText("Fetched 2 hours ago, 3.4 MB")).toBeTruthy();
});

test("a copy that cannot be removed says why", async () => {
  copies.add(STARTER);
  backend.removeMirror = async () => {
    throw { code: "failed", message: "The disk says no.", hint: "" } satisfies Failure;
  };
  render(OfflineCopy, { starter: STARTER });
  await fireEvent.click(await screen.findByRole("button", { name: "Remove the copy" }));
  await screen.findByText("The disk says no.");
  expect(screen.getByText("Fetched 2 hours ago, 3.4 MB")).toBeTruthy();
});

test("an unknown server is trusted only by the person", async () => {
  render(OfflineCopy, { starter: STARTER });
  await fireEvent.click(await screen.findByRole("button", { name: "Keep a copy" }));
  tell({ type: "hostKey", host: "git.example", keyType: "ED25519", fingerprint: "SHA256:abc" });
  fail({ code: "failed", message: "git.example is not known.", hint: "" });
  await fireEvent.click(await screen.findByRole("button", { name: "It is the same: trust it and fetch" }));
  expect(asked.at(-1)).toEqual({ kind: "fetch_starters", starters: [STARTER], acceptHostKey: "SHA256:abc" });
});
