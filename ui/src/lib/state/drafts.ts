// Half-filled forms of starters, kept across starts and crashes until the project is made. Never a secret.

import { keptPer, type Kept } from "./kept";

/** What a form holds that is the person's own. */
export interface KeptForm {
  /** By the fields' names: text, yes or no, or the values of the choices that were picked. */
  answers: Record<string, unknown>;
  /** `null` where they follow what is proposed. */
  parent: string | null;
  folder: string | null;
  /** The page of the form that is open, from 0. */
  at: number;
}

/** The forms that were filled in last; older ones go. */
const LIMIT = 20;
/** No form is kept that takes more letters: the window's storage has its limits, and others need some of it. */
const LONGEST = 50_000;
const PAUSE = 200;

type Entry = [string, KeptForm];
const stores = keptPer<Entry[]>("roadbook.drafts", []);
let store: Kept<Entry[]> | undefined;
let forms = new Map<string, KeptForm>();
let timer: ReturnType<typeof setTimeout> | undefined;

export const drafts = {
  /** Those of this roadbook. */
  begin(book: string): void {
    if (timer !== undefined) write();
    store = stores(book);
    forms = new Map(store.read());
  },

  of(form: string): KeptForm | null {
    return forms.get(form) ?? null;
  },

  keep(form: string, value: KeptForm): void {
    forms.delete(form);
    const { answers, parent, folder } = value;
    const isEmpty = Object.keys(answers).length === 0 && parent === null && folder === null;
    if (!isEmpty && JSON.stringify(value).length <= LONGEST) forms.set(form, value);
    if (forms.size > LIMIT) forms = new Map([...forms].slice(-LIMIT));
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  },

  /** At once: what was let go does not come back after a crash. */
  drop(form: string): void {
    if (forms.delete(form)) write();
  },
};

function write(): void {
  clearTimeout(timer);
  timer = undefined;
  store?.write([...forms]);
}
