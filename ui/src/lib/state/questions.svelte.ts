import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { FormField } from "../backend";
import { answer, complaint, firstDraft, type Draft } from "../text/fields";

/** What a field reads and tells while it is filled in. */
export interface Answering {
  drafts: { get(name: string): Draft | undefined };
  set(field: FormField, draft: Draft): void;
  touch(name: string): void;
  /** Shown once the person has been at the field. */
  complaintAt(name: string): string | null;
}

/** Questions that came up on the way, with what the person answered so far. */
export class Questions implements Answering {
  fields = $state.raw<FormField[]>([]);
  drafts = new SvelteMap<string, Draft>();
  /** Whether an answer was given that nobody has looked at yet. */
  changed = $state(false);
  #touched = new SvelteSet<string>();

  /** Asks these too. What was asked already keeps its answer. */
  ask(fields: FormField[]): void {
    const known = this.fields.map(({ name }) => name);
    const fresh = fields.filter(({ name }) => !known.includes(name));
    for (const field of fresh) this.drafts.set(field.name, firstDraft(field));
    this.fields = [...this.fields, ...fresh];
  }

  set(field: FormField, draft: Draft): void {
    this.drafts.set(field.name, draft);
    this.changed = true;
  }

  touch(name: string): void {
    this.#touched.add(name);
  }

  complaintAt(name: string): string | null {
    return this.#touched.has(name) ? this.#complaint(name) : null;
  }

  /** The first field that is not right yet; marks all as visited. */
  firstWrong(): string | undefined {
    for (const { name } of this.fields) this.#touched.add(name);
    return this.fields.find(({ name }) => this.#complaint(name) !== null)?.name;
  }

  /** The first that has no answer yet, else the first of all. */
  get firstOpen(): string | undefined {
    const open = this.fields.find(({ name }) => isEmpty(this.drafts.get(name)));
    return (open ?? this.fields[0])?.name;
  }

  values(): Record<string, unknown> {
    const answered = this.fields.map(
      (field) => [field.name, answer(field, this.drafts.get(field.name) ?? "")] as const,
    );
    return Object.fromEntries(answered.filter(([, value]) => value !== undefined));
  }

  #complaint(name: string): string | null {
    const field = this.fields.find((candidate) => candidate.name === name);
    return field ? complaint(field, this.drafts.get(name) ?? "") : null;
  }
}

function isEmpty(draft: Draft | undefined): boolean {
  return draft === undefined || (typeof draft !== "boolean" && draft.length === 0);
}
