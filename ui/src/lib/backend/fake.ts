// A backend for tests and for looking at screens in a browser: `vite --mode fixture`.
// In the address: `theme=dark`, `first` (first start), `empty`, `failing`, `slow`, `notice`.

import { about, link, paths, start, steps } from "./fixture/book";
import { jobOf } from "./fixture/jobs";
import { libraryPage, sectionPage, stepPage, whys } from "./fixture/pages";
import { codeBlock, formView, mirrors, project, starterCards, starterView } from "./fixture/starters";
import { toolchainView, toolRows } from "./fixture/tools";
import type { Backend } from "./types";
import type { Failure, PageView, SearchHit, Settings, Start, TaskView } from "./wire.gen";

export function fake(options = new URLSearchParams()): Backend {
  const empty = options.has("empty");
  let frame = frameOf(options);
  const pages = new Map<string, PageView>();
  const copies = new Set<string>();

  const failure: Failure = {
    code: "failed",
    message: "The roadbook's folder /home/ada/roadbooks/acme could not be read: permission denied.",
    hint: "Check who owns the folder, or add the roadbook again.",
  };

  async function say<T>(value: T): Promise<T> {
    if (options.has("slow")) await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (options.has("failing")) throw failure;
    return value;
  }

  function page(id: string): PageView {
    let view = pages.get(id);
    if (!view) {
      if (id.includes("nowhere")) {
        throw { code: "not-found", message: `There is no page ${id}.`, hint: "" } satisfies Failure;
      }
      view =
        id === "library/concepts"
          ? sectionPage(id)
          : id.startsWith("library")
            ? libraryPage(id)
            : stepPage(id);
      pages.set(id, view);
    }
    return view;
  }

  function change(id: string, task: string, how: (task: TaskView) => TaskView): PageView {
    const view = page(id);
    const blocks = view.blocks.map((block) =>
      block.type === "task" && block.task.id === task ? { ...block, task: how(block.task) } : block,
    );
    const next = { ...view, blocks };
    pages.set(id, next);
    return next;
  }

  const path = paths[1];
  const current = steps[3];

  return {
    start: async () => frame,
    home: () =>
      say({
        resume: empty || !path || !current ? null : { path, step: current },
        paths: empty ? [] : paths.slice(1, 3),
        finished: empty ? [] : paths.slice(0, 1),
        projects: empty
          ? []
          : [
              project,
              {
                ...project,
                id: 2,
                name: "old-service",
                folder: "/home/ada/projects/old-service",
                shown: "~/projects/old-service",
                exists: false,
                made: "3 weeks ago",
              },
            ],
        toolchain: empty
          ? null
          : { passed: 9, attention: toolRows.filter(({ state }) => state !== "passed"), checked: "Today" },
        news: empty
          ? []
          : [
              {
                page: link("observe-your-service", "Observe your service", "path"),
                path: null,
                new: true,
                day: "3 November 2026",
              },
              {
                page: link("first-service/own-it", "Say who owns it", "step"),
                path: "Ship your first service",
                new: true,
                day: "2 November 2026",
              },
              {
                page: link("library/concepts/paved-path", "Paved path", "concept"),
                path: null,
                new: false,
                day: "1 November 2026",
              },
              {
                page: link("library/how-to/rotate-a-secret", "Rotate a secret", "how-to"),
                path: null,
                new: false,
                day: "28 October 2026",
              },
            ],
      }),
    paths: () => say(empty ? [] : paths),
    path: async (id) => {
      const card = paths.find((one) => one.id === id);
      if (!card) throw { code: "not-found", message: `There is no path ${id}.`, hint: "" } satisfies Failure;
      return say({
        card,
        blocks: [
          {
            type: "html" as const,
            html: "<p>At the end you have a service that answers on <code>/health</code>, with tests, a container and an owner. You can throw it away afterwards, or keep it.</p>",
          },
        ],
        steps,
        requires: id === "platform-foundations" ? paths.slice(1, 2) : paths.slice(0, 1),
        next: paths.slice(2, 3),
        about: about(),
        project: id === "first-service" ? project : null,
      });
    },
    page: async (id) => say(page(id)),
    library: () =>
      say(
        empty
          ? []
          : [
              {
                id: "library/concepts",
                title: "Concepts",
                summary: "The words of the trade, each on a page.",
                hasPage: true,
                pages: [
                  link(
                    "library/concepts/cognitive-load",
                    "Cognitive load",
                    "concept",
                    "How much a team has to keep in mind to do its work.",
                  ),
                  link(
                    "library/concepts/paved-path",
                    "Paved path",
                    "concept",
                    "The way that is easiest to walk: supported, documented and owned.",
                  ),
                  link(
                    "library/concepts/self-service",
                    "Self-service",
                    "concept",
                    "What a team can do without asking anybody.",
                  ),
                ],
                sections: [
                  {
                    id: "library/concepts/metrics",
                    title: "Metrics",
                    summary: "",
                    hasPage: false,
                    pages: [
                      link(
                        "library/concepts/metrics/nps",
                        "Developer NPS",
                        "concept",
                        "Would they recommend it?",
                      ),
                    ],
                    sections: [],
                  },
                ],
              },
              {
                id: "library/how-to",
                title: "How-to",
                summary: "",
                hasPage: false,
                pages: [
                  link("library/how-to/rotate-a-secret", "Rotate a secret", "how-to", "Without an outage."),
                  link("library/how-to/roll-back", "Roll back", "how-to"),
                ],
                sections: [],
              },
            ],
      ),
    search: async (query) => ({ query, hits: hits(query), total: hits(query).length > 0 ? 57 : 0 }),
    starters: () => say(empty ? [] : starterCards),
    starter: (id) => say(starterView(id)),
    toolsReport: () => say("| State | Tool |\n|---|---|\n| passed | Git |\n"),
    starterForm: (id, values) => say(formView(id, values)),
    codeBlock: (path, text) => say(codeBlock(path, text)),
    mirrors: () => say(mirrors(copies)),
    removeMirror: async (starter) => void copies.delete(starter),
    toolchain: (scope) => say(toolchainView(scope, empty)),
    diagnostics: () =>
      say(
        empty
          ? []
          : [
              {
                code: "broken-link",
                severity: "error",
                message: "The link to library/concepts/nowhere leads nowhere.",
                file: "library/concepts/paved-path.md",
                line: 14,
                column: 9,
                help: "Did you mean library/concepts/golden-path?",
              },
              {
                code: "stale-page",
                severity: "warning",
                message: "The page was last reviewed 280 days ago.",
                file: "library/concepts/paved-path.md",
                line: 0,
                column: 0,
                help: "Read it again and set `reviewed`.",
              },
              {
                code: "no-minutes",
                severity: "info",
                message: "The step has no estimate.",
                file: "paths/first-service/20-create.md",
                line: 2,
                column: 0,
                help: "Add `minutes`.",
              },
            ],
      ),
    saveSettings: async (settings: Settings) => (frame = { ...frame, settings }),
    dismissNotice: async () => undefined,
    setPlace: async () => undefined,
    answerQuiz: async (step, id, picked) =>
      change(step, id, (task) => {
        if (task.what.type !== "quiz") return task;
        const choices = task.what.choices.map((choice, at) => ({
          ...choice,
          picked: picked.includes(at),
          correct: at === 0,
          why: whys[at] ?? null,
        }));
        const right = choices.every((choice) => choice.picked === choice.correct);
        return {
          ...task,
          state: right ? "passed" : "failed",
          since: "today",
          what: { ...task.what, choices, answered: true },
        };
      }),
    confirm: async (step, id, done) =>
      change(step, id, (task) => ({ ...task, state: done ? "passed" : "todo", since: done ? "today" : "" })),
    completeStep: async (id, done) => {
      const view = page(id);
      if (!view.step) return view;
      const card = {
        ...view.step.card,
        state: done ? ("done" as const) : ("todo" as const),
        done: done ? "today" : null,
      };
      const next = {
        ...view,
        step: { ...view.step, card, steps: view.step.steps.map((one) => (one.id === id ? card : one)) },
      };
      pages.set(id, next);
      return next;
    },
    resetProgress: async () => undefined,
    setFolder: async (step, folder) => {
      if (!folder.startsWith("/") && !folder.startsWith("~")) {
        throw { code: "invalid", message: `There is no folder ${folder}.`, hint: "" } satisfies Failure;
      }
      return change(step, "verify", (task) =>
        task.what.type === "verify" ? { ...task, what: { ...task.what, folder } } : task,
      );
    },
    pickFolder: async () => "/home/ada/elsewhere",
    openProject: async () => undefined,
    openExternal: async () => undefined,
    ready: async () => undefined,
    job: (ask, on) => {
      const job = jobOf(ask, on);
      if (ask.kind !== "fetch_starters") return job;
      const done = job.done.then(() => ask.starters.forEach((starter) => copies.add(starter)));
      return { ...job, done };
    },
  };
}

function frameOf(options: URLSearchParams): Start {
  const theme = options.get("theme");
  return {
    ...start,
    settings: {
      ...start.settings,
      welcomed: !options.has("first"),
      theme: theme === "dark" || theme === "light" ? theme : "system",
    },
    notices: options.has("notice")
      ? [
          {
            id: "store-set-aside",
            message: "Your progress could not be read and was set aside.",
            hint: "The old file is kept as journey-2026-11-20.db; a new one was begun.",
          },
        ]
      : [],
  };
}

function hits(query: string): SearchHit[] {
  if (query.startsWith("xyz")) return [];
  return [
    hit("page/library/concepts/paved-path", "Paved path", "Library › Concepts", "concept", [[0, 5]]),
    hit(
      "page/first-service/create?at=before",
      "Before",
      "Ship your first service › Create the service",
      "step",
      [],
    ),
    hit(
      "page/library/concepts/paved-path?at=must-i",
      "Must I take the paved path?",
      "Library › Concepts › Paved path",
      "question",
      [[16, 21]],
    ),
    hit("path/first-service", "Ship your first service", "Paths", "path", []),
    hit("starter/rust-service", "Rust service", "Starters", "starter", []),
  ];
}

function hit(
  route: string,
  title: string,
  breadcrumb: string,
  kind: string,
  marks: [number, number][],
): SearchHit {
  return {
    route,
    page: route,
    anchor: "",
    title,
    marks,
    breadcrumb,
    kind,
    score: 1,
    snippet: "A paved path is the way that is easiest to walk: supported, documented, and kept in order.",
    snippetMarks: [[2, 7]],
  };
}
