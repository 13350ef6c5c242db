// Generated from crates/engine/src/wire/; do not edit.
// UPDATE=1 cargo test -p engine --test wire_types

/**
 * Facts about a page.
 */
export type About = { 
/**
 * Who answers for it.
 */
owner: OwnerCard | null, 
/**
 * The day of the last review as people write it ("1 November 2026").
 */
reviewed: string | null, 
/**
 * Whether the review is older than the roadbook allows.
 */
stale: boolean, 
/**
 * `active`, `draft` or `deprecated`.
 */
status: string, 
/**
 * The page that replaces a deprecated one.
 */
replacedBy: LinkCard | null, 
/**
 * The file in the roadbook.
 */
file: string, };

/**
 * A piece of a page.
 */
export type Block = { "type": "html", 
/**
 * Sanitised; internal links are `#/page/<id>?at=<anchor>`, others carry `data-external`.
 */
html: string, } | { "type": "task", 
/**
 * The task.
 */
task: TaskView, };

/**
 * A roadbook, for headers and lists.
 */
export type BookCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One sentence.
 */
summary: string, 
/**
 * The publisher's own version.
 */
version: string, 
/**
 * Who answers for it.
 */
owner: OwnerCard | null, };

/**
 * One check of a verify task.
 */
export type CheckRow = { 
/**
 * What is looked at ("The file Cargo.toml exists").
 */
title: string, 
/**
 * `file`, `contains`, `git`, `http`, `command`.
 */
kind: string, 
/**
 * Where it stands.
 */
state: TaskState, 
/**
 * What was found instead, or why it could not be run; may be empty.
 */
detail: string, 
/**
 * How long it took, in milliseconds; `None` before it ran.
 */
ms: number | null, };

/**
 * One choice of a quiz.
 */
export type ChoiceRow = { 
/**
 * Safe HTML.
 */
text: string, 
/**
 * Whether it was picked in the last answer.
 */
picked: boolean, 
/**
 * Once answered: whether it belongs to the answer.
 */
correct: boolean | null, 
/**
 * Once answered: why, safe HTML.
 */
why: string | null, };

/**
 * A member only where somebody branches on it.
 */
export type Code = "cancelled" | "not-found" | "folder-not-empty" | "sign-in" | "offline" | "invalid" | "failed";

/**
 * A way to a human.
 */
export type ContactCard = { 
/**
 * `chat`, `issue`, `mail`, or a word of the publisher's.
 */
kind: string, 
/**
 * The link's text.
 */
label: string, 
/**
 * Opened in the system's browser; `{title}` and `{body}` are already filled in.
 */
url: string, };

/**
 * A step of a template that needs a server and is left to the person.
 */
export type DeferredAction = { 
/**
 * The step's name.
 */
title: string, 
/**
 * `publish:github`.
 */
action: string, };

/**
 * A finding about the roadbook's content.
 */
export type DiagnosticRow = { 
/**
 * A stable name such as `broken-link`.
 */
code: string, 
/**
 * `error`, `warning` or `info`.
 */
severity: string, 
/**
 * One sentence.
 */
message: string, 
/**
 * The file below the roadbook's folder.
 */
file: string, 
/**
 * From 1; 0 where the whole file is meant.
 */
line: number, 
/**
 * From 1; 0 where the whole line is meant.
 */
column: number, 
/**
 * What to do about it.
 */
help: string, };

/**
 * An error for a person: what failed, and what to do next.
 */
export type Failure = { 
/**
 * Somebody branches on it; see the members.
 */
code: Code, 
/**
 * What failed, with names and paths.
 */
message: string, 
/**
 * What to do next; may be empty.
 */
hint: string, };

/**
 * A command to copy.
 */
export type Fix = { 
/**
 * By what ("Homebrew", "apt", "mise").
 */
with: string, 
/**
 * The command; empty where only the link helps.
 */
command: string, };

/**
 * A choice of a field.
 */
export type FormChoice = { 
/**
 * The value, JSON.
 */
value: unknown, 
/**
 * Its label.
 */
title: string, };

/**
 * A field of a form.
 */
export type FormField = { 
/**
 * The parameter's name.
 */
name: string, 
/**
 * Its label.
 */
title: string, 
/**
 * Help below it, may be empty.
 */
description: string, 
/**
 * How it is drawn.
 */
input: FormInput, 
/**
 * Whether it must be filled in.
 */
required: boolean, 
/**
 * What it starts with, JSON.
 */
default: unknown, 
/**
 * A regular expression that the whole text has to match (as in JSON Schema).
 */
pattern: string | null, 
/**
 * What to say when it does not.
 */
patternHint: string | null, 
/**
 * The fewest characters.
 */
minLength: number | null, 
/**
 * The most characters.
 */
maxLength: number | null, 
/**
 * The least number.
 */
minimum: number | null, 
/**
 * The greatest number.
 */
maximum: number | null, 
/**
 * Whether the value is hidden and never kept.
 */
secret: boolean, 
/**
 * Text in the empty field.
 */
placeholder: string | null, };

/**
 * How a field is drawn.
 */
export type FormInput = { "type": "text" } | { "type": "lines" } | { "type": "number", 
/**
 * Whether only whole numbers are accepted.
 */
whole: boolean, } | { "type": "switch" } | { "type": "choice", 
/**
 * The choices.
 */
choices: Array<FormChoice>, } | { "type": "choices", 
/**
 * The choices.
 */
choices: Array<FormChoice>, };

/**
 * A page of a form.
 */
export type FormPage = { 
/**
 * Its title.
 */
title: string, 
/**
 * One sentence, may be empty.
 */
description: string, 
/**
 * Its fields.
 */
fields: Array<FormField>, };

/**
 * A heading of the page.
 */
export type HeadingCard = { 
/**
 * The anchor.
 */
id: string, 
/**
 * Plain text.
 */
title: string, 
/**
 * 2 or 3.
 */
level: number, };

/**
 * The first screen.
 */
export type Home = { 
/**
 * The path to go on with, and its next step.
 */
resume: Resume | null, 
/**
 * Paths for the person's role that are not finished, in the roadbook's order.
 */
paths: Array<PathCard>, 
/**
 * Finished ones.
 */
finished: Array<PathCard>, 
/**
 * Projects made from starters, newest first.
 */
projects: Array<ProjectCard>, 
/**
 * The last check of the toolchain, if there was one.
 */
toolchain: ToolchainCard | null, 
/**
 * Pages reviewed most lately, newest first; at most five.
 */
news: Array<NewsCard>, };

/**
 * What a job tells while it runs, in order; `Done` and `Failed` are the last.
 */
export type JobEvent = { "type": "tool", 
/**
 * Its row.
 */
row: ToolRow, } | { "type": "progress", 
/**
 * "Receiving objects".
 */
phase: string, 
/**
 * From 0 to 1; `None` where nobody knows.
 */
fraction: number | null, 
/**
 * "1.2 MB at 3 MB/s"; may be empty.
 */
detail: string, } | { "type": "check", 
/**
 * Its place, from 0.
 */
index: number, 
/**
 * Its row.
 */
row: CheckRow, } | { "type": "output", 
/**
 * A line, without its end.
 */
line: string, } | { "type": "project", 
/**
 * The project.
 */
project: ProjectCard, } | { "type": "done" } | { "type": "failed", 
/**
 * Why.
 */
failure: Failure, };

/**
 * The library's tree.
 */
export type LibrarySection = { 
/**
 * The section's page id (`library/concepts`), also where it has no page of its own.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One sentence, may be empty.
 */
summary: string, 
/**
 * Whether `id` can be opened.
 */
hasPage: boolean, 
/**
 * Its pages, by title.
 */
pages: Array<LinkCard>, 
/**
 * Sections below it.
 */
sections: Array<LibrarySection>, };

/**
 * A link inside the roadbook.
 */
export type LinkCard = { 
/**
 * A page's id; `library` for the library itself.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One sentence, may be empty.
 */
summary: string, 
/**
 * As in [`PageView::kind`].
 */
kind: string, };

/**
 * Asks for a new project.
 */
export type NewProject = { 
/**
 * The starter's id.
 */
starter: string, 
/**
 * The folder that the project's folder is made in, absolute (`~` stands for the home folder).
 */
parent: string, 
/**
 * The name of the project's folder.
 */
name: string, 
/**
 * The form's answers, by field.
 */
values: Record<string, unknown>, 
/**
 * The step and task that asked, as `path/step#task`; it passes when the project is there.
 */
task: string | null, };

/**
 * Something new.
 */
export type NewsCard = { 
/**
 * The page.
 */
page: LinkCard, 
/**
 * The day of its review, as people write it.
 */
day: string, };

/**
 * Something the person has to know.
 */
export type Notice = { 
/**
 * `store-set-aside` and the like; also the key by which it is dismissed.
 */
id: string, 
/**
 * One sentence.
 */
message: string, 
/**
 * What to do, or what was done.
 */
hint: string, };

/**
 * A way to open a folder.
 */
export type Opener = { 
/**
 * `editor:code`, `terminal:gnome-terminal`, `files`.
 */
id: string, 
/**
 * "Visual Studio Code", "Terminal", "Files".
 */
title: string, 
/**
 * `editor`, `terminal` or `files`.
 */
kind: string, };

/**
 * Who answers for something, with the ways to reach them.
 */
export type OwnerCard = { 
/**
 * The team's or person's name.
 */
name: string, 
/**
 * Ways to a human.
 */
contacts: Array<ContactCard>, };

/**
 * A page to read: of the library, of a step, or of a path.
 */
export type PageView = { 
/**
 * `library/concepts/paved-path`, `first-service/create`.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One or two sentences.
 */
summary: string, 
/**
 * `concept`, `how-to`, `reference`, `decision`, `section`, `step`, `path`.
 */
kind: string, 
/**
 * From the top of the roadbook down to the page's parent.
 */
breadcrumb: Array<LinkCard>, 
/**
 * The page, in order.
 */
blocks: Array<Block>, 
/**
 * Headings of level 2 and 3.
 */
contents: Array<HeadingCard>, 
/**
 * Facts about the page.
 */
about: About, 
/**
 * Related pages.
 */
related: Array<LinkCard>, 
/**
 * Recommended paths.
 */
paths: Array<PathCard>, 
/**
 * Pages below it, for a section.
 */
children: Array<LinkCard>, 
/**
 * What a step has besides.
 */
step: StepView | null, };

/**
 * A path in a list.
 */
export type PathCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One sentence.
 */
summary: string, 
/**
 * How far it is.
 */
state: Progress, 
/**
 * Steps that apply here and are not optional.
 */
total: number, 
/**
 * How many of them are done.
 */
done: number, 
/**
 * Optional steps that apply here, done or not; they are not in `total`.
 */
optional: number, 
/**
 * Minutes of all of them.
 */
minutes: number, 
/**
 * Minutes of those not done.
 */
minutesLeft: number, 
/**
 * Whether it is offered to the person's role.
 */
forRole: boolean, 
/**
 * `active`, `draft` or `deprecated`.
 */
status: string, };

/**
 * A path with its route.
 */
export type PathView = { 
/**
 * The card.
 */
card: PathCard, 
/**
 * The introduction, safe HTML.
 */
blocks: Array<Block>, 
/**
 * The steps in walking order; those that do not apply here are among them.
 */
steps: Array<StepCard>, 
/**
 * Paths to finish first.
 */
requires: Array<PathCard>, 
/**
 * Paths to go on with.
 */
next: Array<PathCard>, 
/**
 * Facts about the page.
 */
about: About, 
/**
 * Project made on this path, if any.
 */
project: ProjectCard | null, };

/**
 * How far something is.
 */
export type Progress = "todo" | "started" | "done";

/**
 * A project made from a starter.
 */
export type ProjectCard = { 
/**
 * The project's number in the store.
 */
id: number, 
/**
 * The folder's name.
 */
name: string, 
/**
 * Absolute.
 */
folder: string, 
/**
 * The folder as people write it, with `~` for their home folder.
 */
shown: string, 
/**
 * The id of the starter it came from, or the address it was cloned from.
 */
starter: string, 
/**
 * The starter's title, or the address.
 */
from: string, 
/**
 * When it was made, in the person's words.
 */
made: string, 
/**
 * Whether the folder is still there.
 */
exists: boolean, 
/**
 * Ways to open it on this machine.
 */
openers: Array<Opener>, 
/**
 * What to do next, safe HTML; may be empty.
 */
after: string, };

/**
 * Where to go on.
 */
export type Resume = { 
/**
 * The path.
 */
path: PathCard, 
/**
 * The step to open.
 */
step: StepCard, };

/**
 * A role to choose.
 */
export type RoleCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How many paths are offered to it.
 */
paths: number, };

/**
 * The answer to a search.
 */
export type SearchAnswer = { 
/**
 * As asked; an answer to an older question is thrown away.
 */
query: string, 
/**
 * Best first.
 */
hits: Array<SearchHit>, 
/**
 * All that matched.
 */
total: number, };

/**
 * One hit.
 */
export type SearchHit = { 
/**
 * Where it leads: `page/library/concepts/x?at=anchor`, `path/first-day`, `starter/rust-service`.
 */
route: string, 
/**
 * The page's id.
 */
page: string, 
/**
 * The section's anchor, empty for the page itself.
 */
anchor: string, 
/**
 * The section's or page's title.
 */
title: string, 
/**
 * Ranges of `title` that matched, in UTF-16 code units, for marking.
 */
marks: Array<[number, number]>, 
/**
 * "Library › Concepts › Paved path".
 */
breadcrumb: string, 
/**
 * `step`, `path`, `starter`, `question`, or the page's kind.
 */
kind: string, 
/**
 * Higher is better; comparable within one answer.
 */
score: number, 
/**
 * A piece of text around the first match.
 */
snippet: string, 
/**
 * Ranges of `snippet` that matched, in UTF-16 code units.
 */
snippetMarks: Array<[number, number]>, };

/**
 * What the person chose; kept in the store.
 */
export type Settings = { 
/**
 * Whether the question for the role was answered (also with "skip").
 */
welcomed: boolean, 
/**
 * The role, if one was chosen.
 */
role: string | null, 
/**
 * Light, dark, or as the system.
 */
theme: Theme, 
/**
 * The folder that new projects are offered in.
 */
projectsFolder: string | null, };

/**
 * Whether something is blocked without it.
 */
export type Severity = "required" | "recommended" | "info";

/**
 * What the window needs to draw its frame.
 */
export type Start = { 
/**
 * The app's version.
 */
version: string, 
/**
 * The roadbook that is open.
 */
book: BookCard, 
/**
 * Its roles; empty where the roadbook has none, and then nobody is asked.
 */
roles: Array<RoleCard>, 
/**
 * What the person chose.
 */
settings: Settings, 
/**
 * The route of the window when it was last used (`page/first-service/create`), to go on with.
 */
place: string | null, 
/**
 * Things that the person has to know before they go on, such as a store that was set aside.
 */
notices: Array<Notice>, 
/**
 * `linux`, `macos`, `windows`.
 */
os: string, 
/**
 * How many findings the roadbook has (`diagnostics` lists them).
 */
diagnostics: number, };

/**
 * A starter in a list.
 */
export type StarterCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One or two sentences.
 */
summary: string, 
/**
 * `repository` or `template`.
 */
kind: string, 
/**
 * Who answers for it.
 */
owner: string | null, 
/**
 * Words such as `rust`, `service`.
 */
tags: Array<string>, 
/**
 * The address it is cloned from, for a repository.
 */
repository: string | null, };

/**
 * A starter with its form.
 */
export type StarterView = { 
/**
 * The card.
 */
card: StarterCard, 
/**
 * The form's pages; a repository has none.
 */
pages: Array<FormPage>, 
/**
 * The folder that new projects are offered in, as people write it.
 */
projectsFolder: string, 
/**
 * Template parts that are shown and not carried out here ("publish:github …").
 */
deferred: Array<DeferredAction>, 
/**
 * Projects made from it, newest first.
 */
projects: Array<ProjectCard>, };

/**
 * A step on a route.
 */
export type StepCard = { 
/**
 * `path/step`.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * One sentence, may be empty.
 */
summary: string, 
/**
 * From 1.
 */
number: number, 
/**
 * How far it is, or why it is not asked.
 */
state: StepState, 
/**
 * The author's estimate.
 */
minutes: number | null, 
/**
 * Whether the path is finished without it.
 */
optional: boolean, 
/**
 * When it was done, in the person's words ("today", "3 days ago", "1 November 2026").
 */
done: string | null, };

/**
 * The state of a step.
 */
export type StepState = "todo" | "started" | "done" | "skipped";

/**
 * What a step has besides its page.
 */
export type StepView = { 
/**
 * The path.
 */
path: PathCard, 
/**
 * The route.
 */
steps: Array<StepCard>, 
/**
 * This step's card.
 */
card: StepCard, 
/**
 * The step before.
 */
previous: LinkCard | null, 
/**
 * The next step that applies here; `None` at the end of the path.
 */
next: LinkCard | null, 
/**
 * Where it has no tasks, the reader says when it is done.
 */
byHand: boolean, 
/**
 * Why it does not apply here ("Only for macOS."), if it does not.
 */
skippedWhy: string | null, 
/**
 * Whether the page changed since the step was done.
 */
changed: boolean, };

/**
 * What is to be done.
 */
export type TaskBody = { "type": "tools", 
/**
 * A row per tool, with the last known finding.
 */
rows: Array<ToolRow>, } | { "type": "starter", 
/**
 * The starter.
 */
starter: StarterCard, 
/**
 * The project it became, if it did.
 */
project: ProjectCard | null, } | { "type": "verify", 
/**
 * The folder it looks in, as people write it; `None` until a project is there or chosen.
 */
folder: string | null, 
/**
 * The checks, with the last results.
 */
checks: Array<CheckRow>, 
/**
 * What to do when it fails, safe HTML.
 */
failed: string | null, 
/**
 * Shown one by one, safe HTML.
 */
hints: Array<string>, 
/**
 * Command lines that need consent before they run, as they will be run.
 */
commands: Array<string>, } | { "type": "quiz", 
/**
 * Safe HTML.
 */
question: string, 
/**
 * The choices.
 */
choices: Array<ChoiceRow>, 
/**
 * Whether more than one choice has to be picked.
 */
multiple: boolean, 
/**
 * Whether it was answered; only then do the choices carry `correct` and `why`.
 */
answered: boolean, } | { "type": "confirm", 
/**
 * Safe HTML.
 */
text: string, };

/**
 * The state of a task; only an outcome completes one.
 */
export type TaskState = "todo" | "passed" | "failed" | "error" | "skipped" | "blocked";

/**
 * A task with its state.
 */
export type TaskView = { 
/**
 * Stable within the step.
 */
id: string, 
/**
 * Where it stands.
 */
state: TaskState, 
/**
 * When the state came about, in the person's words; empty for `todo`.
 */
since: string, 
/**
 * What is to be done.
 */
what: TaskBody, };

/**
 * Light, dark, or as the system.
 */
export type Theme = "system" | "light" | "dark";

/**
 * Tools asked for together.
 */
export type ToolGroup = { 
/**
 * The path's title.
 */
title: string, 
/**
 * The rows.
 */
rows: Array<ToolRow>, };

/**
 * A tool's finding, in the row of a list.
 */
export type ToolRow = { 
/**
 * The tool's name in the catalogue (`git`).
 */
tool: string, 
/**
 * Its name for people (`Git`).
 */
title: string, 
/**
 * Where it stands; `Todo` before it was probed.
 */
state: TaskState, 
/**
 * Whether a path is blocked without it.
 */
severity: Severity, 
/**
 * The version found.
 */
version: string | null, 
/**
 * The program found, absolute.
 */
path: string | null, 
/**
 * The range asked for (`>=2.40`), empty for any.
 */
required: string, 
/**
 * Who asks ("Your first day"), or the file and line.
 */
source: string, 
/**
 * Why it is needed.
 */
why: string | null, 
/**
 * One sentence on the finding ("2.47.3 is newer than 2.40.").
 */
detail: string, 
/**
 * What was run ("git --version").
 */
command: string, 
/**
 * The first line it printed.
 */
output: string, 
/**
 * Milliseconds; `None` before it ran.
 */
ms: number | null, 
/**
 * What to do on this machine, best first; empty when it passed.
 */
fixes: Array<Fix>, 
/**
 * The tool's home page.
 */
link: string | null, };

/**
 * The toolchain on Home.
 */
export type ToolchainCard = { 
/**
 * Tools that are there in the right version.
 */
passed: number, 
/**
 * Tools that need attention.
 */
attention: Array<ToolRow>, 
/**
 * When they were checked, in the person's words.
 */
checked: string, };

/**
 * The toolchain screen, or one path's part of it.
 */
export type ToolchainView = { 
/**
 * A group per path that asks for tools ("Your first day"), each tool in the first that asks for it.
 */
groups: Array<ToolGroup>, 
/**
 * When the tools were last checked, in the person's words.
 */
checked: string | null, 
/**
 * Where the search path came from ("The environment this app was started with").
 */
environment: string, };
