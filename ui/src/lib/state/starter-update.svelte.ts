import type { CompareProject, FormField, JobEvent, OutdatedView, UpgradeView } from "../backend";
import { plural } from "../text/words";
import { announce } from "./announce.svelte";
import { Questions } from "./questions.svelte";
import type { HostKey } from "./placing.svelte";
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
  /** What the starter asks that the project's answers do not say. */
  questions = new Questions();
  /** Whether the work stopped because some of them have to be answered first. */
  asks = $state(false);
  /** The server that stopped the work because nobody has said yet whether it is the right one. */
  hostKey = $state.raw<HostKey | null>(null);
  /** Files are being written: this goes on when the dialog is closed. */
  upgrading = $state(false);

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Whether what was found is what the answers make. */
  get settled(): boolean {
    return this.found !== null && !this.questions.changed;
  }

  /** Compares; an upgrade that is under way is not disturbed. */
  async check(acceptHostKey: string | null = null): Promise<void> {
    if (this.job.running) return;
    this.#begin();
    this.found = null;
    this.done = null;
    this.questions.changed = false;
    await this.job.run({ kind: "outdated", request: this.#request(acceptHostKey) }, (event) => {
      this.#hear(event);
      if (event.type === "outdated") {
        this.found = event.view;
        this.questions.ask(event.view.assumed.map(({ field }) => field));
      }
    });
  }

  async upgrade(acceptHostKey: string | null = null): Promise<void> {
    this.#begin();
    this.upgrading = true;
    const ended = await this.job.run({ kind: "upgrade", request: this.#request(acceptHostKey) }, (event) => {
      this.#hear(event);
      if (event.type === "upgraded") this.done = event.view;
    });
    this.upgrading = false;
    if (ended && this.done) announce(upgraded(this.done));
  }

  /** Goes on where the work stopped. */
  again(acceptHostKey: string | null = null): Promise<void> {
    return this.settled ? this.upgrade(acceptHostKey) : this.check(acceptHostKey);
  }

  /** The server stays unknown. */
  refuse(): void {
    this.hostKey = null;
    this.job.failure = null;
  }

  /** The dialog is closed: nobody waits for the comparison any more. */
  leave(): void {
    if (this.job.running && !this.upgrading) void this.job.cancel();
  }

  #begin(): void {
    this.progress = null;
    this.hostKey = null;
    this.asks = false;
  }

  #hear(event: JobEvent): void {
    if (event.type === "progress") this.progress = event;
    if (event.type === "hostKey") this.hostKey = event;
    if (event.type === "asks") {
      this.questions.ask(event.fields.map(asNeeded));
      this.asks = true;
    }
  }

  #request(acceptHostKey: string | null): CompareProject {
    return { folder: this.folder, values: this.questions.values(), acceptHostKey };
  }
}

/** What became of a project, also for somebody who has closed the dialog meanwhile. */
function upgraded({ written, files }: UpgradeView): string {
  const yours = files.filter(({ needsYou }) => needsYou).length;
  if (!written) return "It is as its starter makes it now. Nothing was written";
  return yours > 0
    ? `The starter's changes are merged. ${plural(yours, "file needs", "files need")} you`
    : "The project is up to date with its starter";
}

/** A field that the work cannot go on without. */
function asNeeded(field: FormField): FormField {
  return { ...field, required: true };
}
