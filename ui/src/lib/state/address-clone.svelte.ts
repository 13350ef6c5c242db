import { SvelteSet } from "svelte/reactivity";
import type { ProjectCard } from "../backend";
import { addressComplaint, isUnfinished, repositoryName } from "../text/address";
import { folderNameComplaint, parentComplaint } from "../text/fields";
import { FOLDER, PARENT, targetOf, type HostKey, type Placing } from "./placing.svelte";
import { Running } from "./running.svelte";

/** Under this name the clone goes on while another screen is read. */
export const ADDRESS_CLONE = "address-clone";

/** The name of the one field that a starter's form does not have. */
export const ADDRESS = "@address";

/** A repository that is cloned from the address that the person typed: the form, then the work, then the project. */
export class AddressClone implements Placing {
  job = new Running();
  parent = $state("");
  /** Whether it was asked where the clone goes: once there is an address, and from then on. */
  placing = $state(false);
  progress = $state.raw<{ phase: string; fraction: number | null; detail: string } | null>(null);
  project = $state.raw<ProjectCard | null>(null);
  /** The server that stopped the work because nobody has said yet whether it is the right one. */
  hostKey = $state.raw<HostKey | null>(null);
  #address = $state("");
  #folder = $state<string | null>(null);
  #touched = new SvelteSet<string>();

  constructor(parent: string) {
    this.parent = parent;
  }

  get address(): string {
    return this.#address;
  }

  set address(typed: string) {
    this.#address = typed;
    if (addressComplaint(typed) === null) this.placing = true;
    // Told as typed, but not while the rest may still come.
    if (!isUnfinished(typed)) this.touch(ADDRESS);
  }

  /** The name of the clone's folder follows the address until it gets its own. */
  get folder(): string {
    return this.#folder ?? repositoryName(this.#address);
  }

  set folder(name: string) {
    this.#folder = name;
  }

  touch(name: string): void {
    this.#touched.add(name);
  }

  complaintAt(name: string): string | null {
    return this.#touched.has(name) ? this.#complaint(name) : null;
  }

  /** The first field that is not right yet; marks those that are asked as visited. */
  firstWrong(): string | undefined {
    const asked = this.placing ? [ADDRESS, PARENT, FOLDER] : [ADDRESS];
    for (const name of asked) this.touch(name);
    return asked.find((name) => this.#complaint(name) !== null);
  }

  /** Clones it; `acceptHostKey` is the fingerprint of a server that the person has just come to trust. */
  async start(acceptHostKey: string | null = null): Promise<void> {
    this.progress = null;
    this.project = null;
    this.hostKey = null;
    const address = this.address.trim();
    const folder = targetOf(this);
    await this.job.run({ kind: "clone_address", address, folder, acceptHostKey }, (event) => {
      if (event.type === "progress") this.progress = event;
      if (event.type === "hostKey") this.hostKey = event;
      if (event.type === "project") this.project = event.project;
    });
  }

  /** The server stays unknown, and the form as it is. */
  refuse(): void {
    this.hostKey = null;
    this.job.failure = null;
  }

  #complaint(name: string): string | null {
    if (name === PARENT) return parentComplaint(this.parent);
    if (name === FOLDER) return folderNameComplaint(this.folder);
    return addressComplaint(this.address);
  }
}
