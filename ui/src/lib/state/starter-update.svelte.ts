import type { OutdatedView, UpgradeView } from "../backend";
import { announce } from "./announce.svelte";
import { Running } from "./running.svelte";

/** Under this name an upgrade goes on while another screen is read. */
export function starterUpdateKey(folder: string): string {
  return `starter-update:${folder}`;
}

/** A project beside its starter: first what differs, then the upgrade. */
export class StarterUpdate {
  readonly folder: string;
  job = new Running();
  progress = $state.raw<{ phase: string; fraction: number | null; detail: string } | null>(null);
  found = $state.raw<OutdatedView | null>(null);
  done = $state.raw<UpgradeView | null>(null);
  /** Files are being written: this goes on when the dialog is closed. */
  upgrading = $state(false);

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Compares; an upgrade that is under way is not disturbed. */
  async check(): Promise<void> {
    if (this.job.running) return;
    this.progress = null;
    this.found = null;
    this.done = null;
    await this.job.run({ kind: "outdated", folder: this.folder }, (event) => {
      if (event.type === "progress") this.progress = event;
      if (event.type === "outdated") this.found = event.view;
    });
  }

  async upgrade(): Promise<void> {
    this.progress = null;
    this.upgrading = true;
    const request = { folder: this.folder, values: {}, dryRun: false };
    const ended = await this.job.run({ kind: "upgrade", request }, (event) => {
      if (event.type === "progress") this.progress = event;
      if (event.type === "upgraded") this.done = event.view;
    });
    this.upgrading = false;
    if (ended) announce("The project is up to date with its starter");
  }

  /** The dialog is closed: nobody waits for the comparison any more. */
  leave(): void {
    if (this.job.running && !this.upgrading) void this.job.cancel();
  }
}
