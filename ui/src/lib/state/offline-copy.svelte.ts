import { backend, failureOf, type JobAsk, type StarterMirror } from "../backend";
import { announce } from "./announce.svelte";
import { Loaded } from "./loaded.svelte";
import type { HostKey } from "./placing.svelte";
import { Running } from "./running.svelte";

/** Under this name the fetching of a copy goes on while another screen is read. */
export function offlineCopyKey(starter: string): string {
  return `offline-copy:${starter}`;
}

/** The copy of a starter's repository on this machine, and the work to fetch it. */
export class OfflineCopy {
  readonly starter: string;
  job = new Running();
  copy = new Loaded<StarterMirror | null>();
  progress = $state.raw<{ phase: string; fraction: number | null; detail: string } | null>(null);
  /** The server that stopped the work because nobody has said yet whether it is the right one. */
  hostKey = $state.raw<HostKey | null>(null);

  constructor(starter: string) {
    this.starter = starter;
  }

  read(): Promise<void> {
    return this.copy.load(this.starter, async () => {
      const mirrors = await backend.mirrors();
      return mirrors.find((mirror) => mirror.starter === this.starter) ?? null;
    });
  }

  /** Fetches the copy; `acceptHostKey` is the fingerprint of a server that the person has just come to trust. */
  async fetch(acceptHostKey: string | null = null): Promise<void> {
    this.progress = null;
    this.hostKey = null;
    const ask: JobAsk = { kind: "fetch_starters", starters: [this.starter], acceptHostKey };
    const fetched = await this.job.run(ask, (event) => {
      if (event.type === "progress") this.progress = event;
      if (event.type === "hostKey") this.hostKey = event;
    });
    if (this.job.cancelled) announce("Stopped");
    if (!fetched) return;
    await this.read();
    announce("The offline copy is there");
  }

  async remove(): Promise<void> {
    this.job.cancelled = false;
    this.job.failure = null;
    try {
      await backend.removeMirror(this.starter);
      await this.read();
      announce("The offline copy was removed");
    } catch (reason) {
      this.job.failure = failureOf(reason);
    }
  }

  /** The server stays unknown. */
  refuse(): void {
    this.hostKey = null;
    this.job.failure = null;
  }
}
