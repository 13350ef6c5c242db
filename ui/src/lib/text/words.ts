// Numbers and states in words.

import type {
  CheckRow,
  FileChange,
  NewsCard,
  PathCard,
  StepCard,
  StepState,
  TaskState,
  ToolRow,
} from "../backend";

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function duration(minutes: number): string {
  if (minutes < 60) return plural(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? plural(hours, "hour") : `${plural(hours, "hour")} ${plural(rest, "minute")}`;
}

/** "3 of 8 steps, about 25 minutes left". */
export function progress(path: PathCard): string {
  if (path.state === "done") return `Finished, ${plural(path.total, "step")}`;
  // A check of all tools may have done a step of a path that nobody has begun.
  if (path.done === 0) {
    const time = path.minutes > 0 ? `, about ${duration(path.minutes)}` : "";
    const extra = path.optional > 0 ? ` and ${path.optional} optional` : "";
    return `${plural(path.total, "step")}${extra}${time}`;
  }
  const left = path.minutesLeft > 0 ? `, about ${duration(path.minutesLeft)} left` : "";
  return `${path.done} of ${plural(path.total, "step")}${left}`;
}

const STEP_WORDS: Record<StepState, string> = {
  todo: "Not done",
  started: "Begun",
  done: "Done",
  skipped: "Skipped here",
};

export function stepWord(state: StepState): string {
  return STEP_WORDS[state];
}

/** What stands below a stop's title: "Done today", "10 min", "Optional, 5 min". */
export function stepNote(step: StepCard): string {
  if (step.state === "done") return step.done ? `Done ${lowerFirst(step.done)}` : "Done";
  if (step.state === "skipped") return "Skipped here";
  const parts = [
    step.state === "started" ? "Begun" : "",
    step.optional ? "Optional" : "",
    step.minutes ? `${step.minutes} min` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

/** "New path since 3 November 2026", "Reviewed 1 November 2026". */
export function newsNote({ page, day, new: isNew }: NewsCard): string {
  if (!isNew) return `Reviewed ${day}`;
  return `New ${page.kind === "path" ? "path" : "page"} since ${day}`;
}

const CHECK_WORDS: Record<TaskState, string> = {
  todo: "Not checked",
  passed: "Passed",
  failed: "Not there yet",
  error: "Could not run",
  skipped: "Skipped",
  blocked: "Waits for another",
};

export function checkWord(state: TaskState): string {
  return CHECK_WORDS[state];
}

/** "2 of 3 checks passed"; empty before any was looked at. */
export function checksWord(checks: CheckRow[]): string {
  const counted = checks.filter(({ state }) => state !== "skipped");
  if (counted.every(({ state }) => state === "todo")) return "";
  const passed = counted.filter(({ state }) => state === "passed").length;
  return passed === counted.length
    ? "All checks passed"
    : `${passed} of ${plural(counted.length, "check")} passed`;
}

const TOOL_WORDS: Record<TaskState, string> = {
  todo: "Not checked",
  passed: "Ready",
  failed: "Needs attention",
  error: "Could not be checked",
  skipped: "Not needed here",
  blocked: "Waits for another",
};

/** Where a tool stands: "Ready", "Missing, recommended". */
export function toolWord(row: ToolRow): string {
  if (row.state !== "failed") return TOOL_WORDS[row.state];
  if (row.severity === "info") return "Not as hinted";
  const word = wrongWord(row);
  return row.severity === "recommended" ? `${word}, recommended` : word;
}

function wrongWord({ path, version }: ToolRow): string {
  if (path === null && version === null) return "Missing";
  return path !== null && version !== null ? "Another version needed" : TOOL_WORDS.failed;
}

const ASK_WORDS: Record<string, string> = {
  pin: "Pinned to",
  range: "Range",
  minimum: "Minimum",
  hint: "Hint",
};

/** "Pinned to", "Minimum": how binding a line of a repository's file is. */
export function askWord(kind: string): string {
  return ASK_WORDS[kind] ?? "Range";
}

/** "340 bytes", "12 KB", "3.4 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte");
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "KB"] : [bytes / 1e6, "MB"];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** "12 ms", "1.3 s". */
export function time(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const KIND_WORDS: Record<string, string> = {
  concept: "Concept",
  "how-to": "How-to",
  reference: "Reference",
  decision: "Decision",
  section: "Section",
  step: "Step",
  path: "Path",
  starter: "Starter",
  question: "Question",
};

export function kindWord(kind: string): string {
  return KIND_WORDS[kind] ?? kind;
}

/** The step to go on with. */
export function nextStep(steps: StepCard[]): StepCard | undefined {
  const open = steps.filter((step) => step.state === "todo" || step.state === "started");
  return open.find((step) => !step.optional) ?? open[0];
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const CHANGE_WORDS: Record<FileChange, string> = {
  added: "New",
  removed: "Removed",
  changed: "Changed",
  moved: "Moved",
};

export function changeWord(change: FileChange): string {
  return CHANGE_WORDS[change];
}
