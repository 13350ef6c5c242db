import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { FormField, NewProject, ProjectCard, StarterView } from "../backend";
import {
  answer,
  complaint,
  firstDraft,
  folderNameComplaint,
  parentComplaint,
  type Draft,
} from "../text/fields";
import { Running } from "./running.svelte";

/** Fields that commonly name the project: the folder takes their value until it gets its own. */
const NAMES = ["name", "project_name", "project_slug", "component_id", "componentId", "repo_name"];

/** Names of the two fields that every form has besides its own. */
export const PARENT = "@parent";
export const FOLDER = "@name";

/** Under this name a half-filled form and a project in the making are held. */
export function scaffoldKey(starter: string, task: string | null): string {
  return `starter:${starter}:${task ?? ""}`;
}

/** A project in the making: the form, then the work, then the project. */
export class Scaffold {
  readonly starter: StarterView;
  readonly task: string | null;
  readonly fields: FormField[];
  job = new Running();
  parent = $state("");
  drafts = new SvelteMap<string, Draft>();
  progress = $state.raw<{ phase: string; fraction: number | null; detail: string } | null>(null);
  project = $state.raw<ProjectCard | null>(null);
  #folder = $state<string | null>(null);
  #touched = new SvelteSet<string>();
  #naming: string | undefined;

  constructor(starter: StarterView, task: string | null) {
    this.starter = starter;
    this.task = task;
    this.parent = starter.projectsFolder;
    this.fields = starter.pages.flatMap((page) => page.fields);
    for (const field of this.fields) this.drafts.set(field.name, firstDraft(field));
    this.#naming = NAMES.find((name) => this.drafts.has(name));
  }

  /** The name of the project's folder. */
  get folder(): string {
    if (this.#folder !== null) return this.#folder;
    const name = this.#naming === undefined ? undefined : this.drafts.get(this.#naming);
    return typeof name === "string" ? name : lastPart(this.starter.card.repository ?? this.starter.card.id);
  }

  set folder(name: string) {
    this.#folder = name;
  }

  set(field: FormField, draft: Draft): void {
    this.drafts.set(field.name, draft);
  }

  touch(name: string): void {
    this.#touched.add(name);
  }

  /** Shown once the person has been at the field. */
  complaintAt(name: string): string | null {
    return this.#touched.has(name) ? this.#complaint(name) : null;
  }

  /** The first field that is not right yet; marks all as visited. */
  firstWrong(): string | undefined {
    const names = [...this.fields.map((field) => field.name), PARENT, FOLDER];
    for (const name of names) this.#touched.add(name);
    return names.find((name) => this.#complaint(name) !== null);
  }

  request(): NewProject {
    const values: Record<string, unknown> = {};
    for (const field of this.fields) {
      const value = answer(field, this.drafts.get(field.name) ?? "");
      if (value !== undefined) values[field.name] = value;
    }
    const { starter, task, parent, folder } = this;
    return { starter: starter.card.id, parent: parent.trim(), name: folder.trim(), values, task };
  }

  async start(): Promise<void> {
    this.progress = null;
    this.project = null;
    await this.job.run({ kind: "create_project", request: this.request() }, (event) => {
      if (event.type === "progress") this.progress = event;
      if (event.type === "project") this.project = event.project;
    });
  }

  #complaint(name: string): string | null {
    if (name === PARENT) return parentComplaint(this.parent);
    if (name === FOLDER) return folderNameComplaint(this.folder);
    const field = this.fields.find((candidate) => candidate.name === name);
    return field ? complaint(field, this.drafts.get(name) ?? "") : null;
  }
}

function lastPart(address: string): string {
  return (
    address
      .replace(/\/+$/, "")
      .replace(/\.git$/, "")
      .split(/[/:]/)
      .pop() ?? ""
  );
}
