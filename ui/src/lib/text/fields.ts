// A starter's form: first values, what is wrong with a value, and the answers as the engine wants them.
// The engine checks again; here the person is told while typing.

import type { FormField } from "../backend";

/** What a field holds while it is edited: text, yes or no, or places of choices. */
export type Draft = string | boolean | number[];

export function firstDraft(field: FormField): Draft {
  const value = field.default;
  switch (field.input.type) {
    case "switch":
      return value === true;
    case "choice": {
      const at = field.input.choices.findIndex((choice) => same(choice.value, value));
      if (at >= 0) return [at];
      return field.required && field.input.choices.length > 0 ? [0] : [];
    }
    case "choices": {
      const wanted = Array.isArray(value) ? value : [];
      return field.input.choices.flatMap((choice, at) =>
        wanted.some((one) => same(one, choice.value)) ? [at] : [],
      );
    }
    case "lines":
      if (field.record) return isRecord(value) ? JSON.stringify(value, null, 2) : text(value);
      return Array.isArray(value) ? value.map(String).join("\n") : text(value);
    default:
      return text(value);
  }
}

/** A draft of a field in the field that took its place: choices are found again by their values. */
export function carried(before: FormField, field: FormField, draft: Draft): Draft {
  if (before.input.type !== field.input.type) return firstDraft(field);
  if (!Array.isArray(draft) || !("choices" in before.input) || !("choices" in field.input)) return draft;
  const [old, now] = [before.input.choices, field.input.choices];
  return draft.flatMap((at) => {
    const found = now.findIndex((choice) => same(choice.value, old[at]?.value));
    return found < 0 ? [] : [found];
  });
}

/** A draft as something that can be kept: choices by their values, for their places may change. */
export function keepable(field: FormField, draft: Draft): unknown {
  if (!Array.isArray(draft) || !("choices" in field.input)) return draft;
  const { choices } = field.input;
  return draft.map((at) => choices[at]?.value);
}

/** What was kept as a draft of the field as it is now; `undefined` where the field has become another. */
export function restored(field: FormField, value: unknown): Draft | undefined {
  const { input } = field;
  if (input.type === "switch") return typeof value === "boolean" ? value : undefined;
  if (!("choices" in input)) return typeof value === "string" ? value : undefined;
  if (!Array.isArray(value)) return undefined;
  return input.choices.flatMap((choice, at) => (value.some((one) => same(one, choice.value)) ? [at] : []));
}

/** What is wrong, as a sentence; `null` when nothing is. */
export function complaint(field: FormField, draft: Draft): string | null {
  if (typeof draft === "boolean") return null;
  if (draft.length === 0) return field.required ? missing(field) : null;
  if (typeof draft !== "string") return null;
  if (field.record) return recordComplaint(draft);
  if (field.list) return null;
  return field.input.type === "number"
    ? numberComplaint(field, field.input.whole, draft)
    : textComplaint(field, draft);
}

/** The answer as JSON; `undefined` for a field that was left empty. */
export function answer(field: FormField, draft: Draft): unknown {
  const { input } = field;
  if (input.type === "choice") return Array.isArray(draft) ? input.choices[draft[0] ?? -1]?.value : undefined;
  if (input.type === "choices") {
    return Array.isArray(draft) ? draft.map((at) => input.choices[at]?.value) : undefined;
  }
  if (typeof draft !== "string") return draft;
  if (draft === "" && (input.type === "number" || text(field.default) === "")) return undefined;
  if (input.type === "number") return Number(draft);
  if (field.list) return draft.split("\n").filter((line) => line.trim() !== "");
  if (field.record) return draft.trim() === "" ? undefined : parsed(draft);
  return draft;
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** What is wrong with the name of a new folder. */
export function folderNameComplaint(name: string): string | null {
  if (name.trim() === "") return "Give the project a name.";
  if (/[/\\]/.test(name)) return "A name has no slashes; choose the folder above it in the field before.";
  if (/[<>:"|?*\p{Cc}]/u.test(name)) return 'Leave out the characters < > : " | ? *.';
  if (name === "." || name === ".." || name.startsWith("-"))
    return "Begin the name with a letter or a digit.";
  if (/[. ]$/.test(name) || RESERVED.test(name)) return "Windows cannot have a folder of this name.";
  return null;
}

export function parentComplaint(folder: string): string | null {
  if (folder.trim() === "") return "Choose the folder that the project goes in.";
  if (!/^(~([/\\]|$)|\/|[a-z]:[/\\]|\\\\)/i.test(folder.trim())) {
    return "Write the whole path, such as /home/ada/projects or ~/projects.";
  }
  return null;
}

function missing(field: FormField): string {
  if (field.input.type === "choice" || field.input.type === "choices") return "Choose one.";
  return `${field.title} is needed.`;
}

function textComplaint(field: FormField, draft: string): string | null {
  const length = Array.from(draft).length;
  if (field.minLength !== null && length < field.minLength)
    return `Use at least ${field.minLength} characters.`;
  if (field.maxLength !== null && length > field.maxLength) {
    return `Use at most ${field.maxLength} characters; these are ${length}.`;
  }
  if (field.pattern !== null && !matches(field.pattern, draft)) {
    return field.patternHint || `This has to match the pattern ${field.pattern}`;
  }
  return null;
}

function numberComplaint(field: FormField, whole: boolean, draft: string): string | null {
  const number = Number(draft);
  if (draft.trim() === "" || !Number.isFinite(number)) return "Write a number.";
  if (whole && !Number.isInteger(number)) return "Write a whole number.";
  if (field.minimum !== null && number < field.minimum) return `The least is ${field.minimum}.`;
  if (field.maximum !== null && number > field.maximum) return `The most is ${field.maximum}.`;
  return null;
}

function recordComplaint(draft: string): string | null {
  return isRecord(parsed(draft)) ? null : 'Write a JSON object, such as {"key": "value"}.';
}

/** JSON as what it says, anything else as the text it is. */
function parsed(draft: string): unknown {
  try {
    return JSON.parse(draft);
  } catch {
    return draft;
  }
}

/** Anywhere in the text, as in JSON Schema. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    // Written for another dialect: the engine decides.
    return true;
  }
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
