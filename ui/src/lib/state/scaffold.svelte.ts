import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { backend, type FormField, type FormPage, type FormView, type NewProject } from "../backend";
import type { ProjectCard, StarterView } from "../backend";
import { lastPart } from "../text/address";
import {
  answer,
  carried,
  complaint,
  firstDraft,
  folderNameComplaint,
  keepable,
  parentComplaint,
  restored,
  type Draft,
} from "../text/fields";
import { drafts } from "./drafts";
import { FOLDER, PARENT, type HostKey, type Placing } from "./placing.svelte";
import { Running } from "./running.svelte";

/** Fields that commonly name the project: the folder takes their value until it gets its own. */
const NAMES = [
  "project_slug",
  "repo_name",
  "slug",
  "name",
  "project_name",
  "component_id",
  "componentId",
  "app_name",
];

/** How long nothing is typed before the form is read again, in milliseconds. */
export const PAUSE = 150;

/** An answer may bring up a field whose kept answer changes others; a template that never comes to rest is left. */
const ROUNDS = 4;

/** Under this name a half-filled form and a project in the making are held. */
export function scaffoldKey(starter: string, task: string | null): string {
  return `starter:${starter}:${task ?? ""}`;
}

/** A project in the making: the form, then the work, then the project. */
export class Scaffold implements Placing {
  readonly starter: StarterView;
  readonly task: string | null;
  job = new Running();
  pages = $state.raw<FormPage[]>([]);
  /** Whether it holds what the person typed before the window was closed. */
  restored = $state(false);
  drafts = new SvelteMap<string, Draft>();
  progress = $state.raw<{ phase: string; fraction: number | null; detail: string } | null>(null);
  project = $state.raw<ProjectCard | null>(null);
  /** The server that stopped the work because nobody has said yet whether it is the right one. */
  hostKey = $state.raw<HostKey | null>(null);
  #parent = $state("");
  #folder = $state<string | null>(null);
  #at = $state(0);
  #touched = new SvelteSet<string>();
  /** Answers from before of fields that are not asked yet: another answer may bring them up. */
  #waiting = new SvelteMap<string, unknown>();
  /** What the person answered; everything else follows the template's defaults. */
  #own = new SvelteSet<string>();
  /** What the engine says of an answer, until it is changed. */
  #problems = new SvelteMap<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #following: Promise<void> = Promise.resolve();
  #turn = 0;

  constructor(starter: StarterView, task: string | null) {
    this.starter = starter;
    this.task = task;
    this.#parent = starter.projectsFolder;
    this.pages = starter.pages;
    for (const field of this.fields) this.drafts.set(field.name, firstDraft(field));
    this.#restore();
  }

  get parent(): string {
    return this.#parent;
  }

  set parent(folder: string) {
    this.#parent = folder;
    this.#keep();
  }

  /** The page of the form that is open, from 0; after the template's own comes that of the folder. */
  get at(): number {
    return this.#at;
  }

  set at(page: number) {
    this.#at = page;
    this.#keep();
  }

  get fields(): FormField[] {
    return this.pages.flatMap((page) => page.fields);
  }

  /** Whether the form is shown page by page: the template has more than one. */
  get isWizard(): boolean {
    return this.pages.length > 1;
  }

  /** The name of the project's folder. */
  get folder(): string {
    if (this.#folder !== null) return this.#folder;
    const naming = NAMES.find((name) => this.fields.some((field) => field.name === name));
    const name = naming === undefined ? undefined : this.drafts.get(naming);
    return typeof name === "string" ? name : lastPart(this.starter.card.repository ?? this.starter.card.id);
  }

  set folder(name: string) {
    this.#folder = name;
    this.#keep();
  }

  set(field: FormField, draft: Draft): void {
    this.drafts.set(field.name, draft);
    this.#own.add(field.name);
    this.#problems.delete(field.name);
    this.#keep();
    this.#follow(PAUSE, ROUNDS);
  }

  /** Whether there are answers from last time that were not used yet, and nothing that they would replace. */
  get offersSaved(): boolean {
    return Object.keys(this.starter.saved).length > 0 && this.#own.size === 0;
  }

  /** Fills in the answers from last time. */
  async useSaved(): Promise<void> {
    const { card, saved } = this.starter;
    const form = await backend.starterForm(card.id, saved);
    this.#turn += 1;
    this.#take(form);
    for (const field of this.fields) {
      const value = saved[field.name];
      // An answer that is what the template proposes goes on following the others.
      if (value === undefined || JSON.stringify(value) === JSON.stringify(field.default)) continue;
      this.drafts.set(field.name, firstDraft({ ...field, default: value }));
      this.#own.add(field.name);
    }
    this.#keep();
  }

  touch(name: string): void {
    this.#touched.add(name);
  }

  /** Shown once the person has been at the field. */
  complaintAt(name: string): string | null {
    return this.#touched.has(name) ? this.#complaint(name) : null;
  }

  /** The first of these fields (else of all) that is not right yet; marks them as visited. */
  firstWrong(names = [...this.fields.map((field) => field.name), PARENT, FOLDER]): string | undefined {
    for (const name of names) this.#touched.add(name);
    return names.find((name) => this.#complaint(name) !== null);
  }

  /** The page that a field stands on. */
  pageOf(name: string): number {
    const at = this.pages.findIndex((page) => page.fields.some((field) => field.name === name));
    return at < 0 ? this.pages.length : at;
  }

  /** Resolves once the defaults have followed what was typed last. */
  async settle(): Promise<void> {
    if (this.#timer !== undefined) this.#follow(0, ROUNDS);
    let last: Promise<void> | undefined;
    while (last !== this.#following) {
      last = this.#following;
      await last;
    }
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

  /** Makes the project; `acceptHostKey` is the fingerprint of a server that the person has just come to trust. */
  async start(acceptHostKey: string | null = null): Promise<void> {
    this.progress = null;
    this.project = null;
    this.hostKey = null;
    await this.job.run({ kind: "create_project", request: this.request(), acceptHostKey }, (event) => {
      if (event.type === "progress") this.progress = event;
      if (event.type === "hostKey") this.hostKey = event;
      if (event.type === "project") {
        this.project = event.project;
        this.forget();
      }
    });
  }

  /** Nothing of it is kept for the next start. */
  forget(): void {
    drafts.drop(this.#key);
  }

  /** The server stays unknown, and the form as it is. */
  refuse(): void {
    this.hostKey = null;
    this.job.failure = null;
  }

  get #key(): string {
    return scaffoldKey(this.starter.card.id, this.task);
  }

  /** What is the person's own goes on after a crash; a secret is typed again. */
  #keep(): void {
    const answers: Record<string, unknown> = Object.fromEntries(this.#waiting);
    for (const field of this.fields) {
      if (field.secret || !this.#own.has(field.name)) continue;
      answers[field.name] = keepable(field, this.drafts.get(field.name) ?? "");
    }
    const parent = this.#parent === this.starter.projectsFolder ? null : this.#parent;
    drafts.keep(this.#key, { answers, parent, folder: this.#folder, at: this.#at });
  }

  #restore(): void {
    const kept = drafts.of(this.#key);
    if (!kept) return;
    // The project was made, and a crash came before that was written: these are offered as the answers from last time.
    const sent = Object.entries(kept.answers);
    if (sent.length > 0 && sent.every(([name, value]) => isSame(value, this.starter.saved[name]))) {
      drafts.drop(this.#key);
      return;
    }
    this.#waiting = new SvelteMap(Object.entries(kept.answers));
    this.#parent = kept.parent ?? this.#parent;
    this.#folder = kept.folder;
    // Pages that an answer brings up are not there yet.
    this.#at = Math.min(kept.at, this.pages.length);
    this.#arrive();
    this.restored = this.#own.size > 0 || kept.parent !== null || kept.folder !== null;
    if (this.#own.size > 0) this.#follow(0, ROUNDS);
  }

  /** Fields that are asked now take the answers that waited for them. */
  #arrive(): void {
    for (const field of this.fields) {
      const draft = this.#waiting.has(field.name)
        ? restored(field, this.#waiting.get(field.name))
        : undefined;
      this.#waiting.delete(field.name);
      if (draft === undefined || field.secret || this.#own.has(field.name)) continue;
      this.drafts.set(field.name, draft);
      this.#own.add(field.name);
    }
  }

  /** Reads the form again with what the person answered, after a pause and only for the last change. */
  #follow(pause: number, rounds: number): void {
    if (this.starter.pages.length === 0) return;
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#following = new Promise((resolve) => {
      const ask = async (): Promise<void> => {
        this.#timer = undefined;
        const sent = this.#answers();
        // Without an answer the form stays as it is: what is wrong is told when the project is made.
        const form = await backend.starterForm(this.starter.card.id, sent).catch(() => null);
        if (form && turn === this.#turn) {
          this.#take(form);
          if (rounds > 1 && JSON.stringify(this.#answers()) !== JSON.stringify(sent))
            this.#follow(0, rounds - 1);
        }
        resolve();
      };
      if (pause === 0) void ask();
      else this.#timer = setTimeout(() => void ask(), pause);
    });
  }

  /** What the person answered of what is asked now. */
  #answers(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const field of this.fields) {
      if (!this.#own.has(field.name)) continue;
      const value = answer(field, this.drafts.get(field.name) ?? "");
      if (value !== undefined) values[field.name] = value;
    }
    return values;
  }

  /** The new form: what the person typed stays, everything else follows. */
  #take(form: FormView): void {
    const before = this.fields;
    this.pages = form.pages;
    this.#at = Math.min(this.#at, form.pages.length);
    for (const field of this.fields) {
      const draft = this.drafts.get(field.name);
      const old = before.find(({ name }) => name === field.name);
      if (draft === undefined || !this.#own.has(field.name)) this.drafts.set(field.name, firstDraft(field));
      else if (old) this.drafts.set(field.name, carried(old, field, draft));
    }
    this.#arrive();
    this.#problems.clear();
    for (const { field, message } of form.problems) this.#problems.set(field, message);
  }

  #complaint(name: string): string | null {
    if (name === PARENT) return parentComplaint(this.parent);
    if (name === FOLDER) return folderNameComplaint(this.folder);
    const field = this.fields.find((candidate) => candidate.name === name);
    if (!field) return null;
    return complaint(field, this.drafts.get(name) ?? "") ?? this.#problems.get(name) ?? null;
  }
}

/** Whether a draft, which is often a text, says the same as an answer. */
function isSame(draft: unknown, value: unknown): boolean {
  return (
    JSON.stringify(draft) === JSON.stringify(value) || (typeof draft === "string" && draft === String(value))
  );
}
