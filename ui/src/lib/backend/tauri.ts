// The only file that talks to the desktop shell.

import { Channel, invoke } from "@tauri-apps/api/core";
import { failureOf, type Backend, type Job, type JobAsk } from "./types";
import type { JobEvent } from "./wire.gen";

export const tauri: Backend = {
  start: () => call("start"),
  home: () => call("home"),
  paths: () => call("paths"),
  path: (id) => call("path", { id }),
  page: (id) => call("page", { id }),
  library: () => call("library"),
  search: (query, limit) => call("search", { query, limit }),
  starters: () => call("starters"),
  starter: (id) => call("starter", { id }),
  starterForm: (id, values) => call("starter_form", { id, values }),
  codeBlock: (path, text) => call("code_block", { path, text }),
  mirrors: () => call("mirrors"),
  removeMirror: (starter) => call("remove_mirror", { starter }),
  toolchain: (scope) => call("toolchain", { scope }),
  toolsReport: (scope) => call("tools_report", { scope }),
  diagnostics: () => call("diagnostics"),
  saveSettings: (settings) => call("save_settings", { settings }),
  dismissNotice: (id) => call("dismiss_notice", { id }),
  setPlace: (route) => call("set_place", { route }),
  answerQuiz: (step, task, picked) => call("answer_quiz", { step, task, picked }),
  confirm: (step, task, done) => call("confirm", { step, task, done }),
  completeStep: (step, done) => call("complete_step", { step, done }),
  resetProgress: (id) => call("reset_progress", { id }),
  setFolder: (step, folder) => call("set_folder", { step, folder }),
  pickFolder: (start) => call("pick_folder", { start }),
  openProject: (id, opener) => call("open_project", { id, opener }),
  openExternal: (url) => call("open_external", { url }),
  ready: () => call("ready"),
  job,
};

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (reason) {
    throw failureOf(reason);
  }
}

function job({ kind, ...args }: JobAsk, on: (event: JobEvent) => void): Job {
  const id = crypto.randomUUID();
  const events = new Channel<JobEvent>();
  const done = new Promise<void>((resolve, reject) => {
    events.onmessage = (event) => {
      on(event);
      if (event.type === "done") resolve();
      if (event.type === "failed") reject(event.failure);
    };
    call(kind, { job: id, ...args, events }).catch(reject);
  });
  return { id, done, cancel: () => call("cancel", { job: id }) };
}
