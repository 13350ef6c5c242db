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
 * A line of a repository's file that asks for a tool.
 */
export type AskedBy = { 
/**
 * The file, relative to the folder, with `/`.
 */
file: string, 
/**
 * From 1.
 */
line: number, 
/**
 * `pin`, `range`, `minimum` or `hint`.
 */
kind: string, 
/**
 * The value as the file has it.
 */
written: string, };

/**
 * A default that was taken for an answer.
 */
export type AssumedAnswer = { 
/**
 * The question.
 */
field: FormField, 
/**
 * What was taken, JSON.
 */
value: unknown, };

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
 * The language of its pages, as a BCP 47 tag (`en`).
 */
language: string, 
/**
 * Who answers for it.
 */
owner: OwnerCard | null, };

/**
 * Something about a repository's version files.
 */
export type CarriedFinding = { 
/**
 * The file and line.
 */
source: string, 
/**
 * One sentence.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, };

/**
 * A file that differs between then and now.
 */
export type ChangedFile = { 
/**
 * Below the project's folder, with `/`.
 */
path: string, 
/**
 * The path that it had then, for one that was moved.
 */
from: string | null, 
/**
 * How it differs.
 */
change: FileChange, 
/**
 * A unified diff; a sentence for what is no text.
 */
diff: string, };

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
 * Asks about a project and its starter.
 */
export type CompareProject = { 
/**
 * The project's folder; `~` stands for the home folder.
 */
folder: string, 
/**
 * Answers that are not the recorded ones, by field.
 */
values: Record<string, unknown>, 
/**
 * The fingerprint of an ssh server that was not known, once the person has compared it.
 */
acceptHostKey: string | null, };

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
 * A part of a template that is shown and not carried out here: a step that needs a server, or a program of the
 * template's author.
 */
export type DeferredAction = { 
/**
 * The step's name, the hook's file, the task's command, or the extension.
 */
title: string, 
/**
 * `publish:github`, `cookiecutter:post_gen_project`, `copier:task`.
 */
action: string, 
/**
 * Which it is.
 */
kind: DeferredKind, 
/**
 * Its input as the template has it, or the program's text; may be empty.
 */
text: string, };

/**
 * Why a part of a template is not carried out here.
 */
export type DeferredKind = "server" | "program" | "extension";

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
 * An answer that does not fit.
 */
export type FieldProblem = { 
/**
 * The field's name.
 */
field: string, 
/**
 * One sentence.
 */
message: string, };

/**
 * How a file differs.
 */
export type FileChange = "added" | "removed" | "changed" | "moved";

/**
 * What becomes of a file.
 */
export type FileOutcome = "added" | "changed" | "merged" | "moved" | "removed" | "conflict" | "kept-yours" | "stays-deleted" | "stays-changed" | "blocked";

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
 * A regular expression that the text has to match somewhere (as in JSON Schema).
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
placeholder: string | null, 
/**
 * Whether the value is a list of texts, one a line of [`FormInput::Lines`].
 */
list: boolean, 
/**
 * Whether the value is a record, written as JSON in [`FormInput::Lines`].
 */
record: boolean, };

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
 * A form with the answers given so far.
 */
export type FormView = { 
/**
 * The pages: defaults follow the answers, and an answer may decide what else is asked.
 */
pages: Array<FormPage>, 
/**
 * What does not fit yet, also of fields that nobody has been at.
 */
problems: Array<FieldProblem>, };

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
 * What came or was reviewed lately, newest first; at most five.
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
line: string, } | { "type": "hostKey", 
/**
 * The server.
 */
host: string, 
/**
 * `ED25519`, `ECDSA` or `RSA`.
 */
keyType: string, 
/**
 * As OpenSSH prints it.
 */
fingerprint: string, } | { "type": "asks", 
/**
 * New questions without a proposal, and secrets, which are never kept.
 */
fields: Array<FormField>, } | { "type": "previewed", 
/**
 * What it would make.
 */
preview: ProjectPreview, } | { "type": "project", 
/**
 * The project.
 */
project: ProjectCard, } | { "type": "outdated", 
/**
 * What differs.
 */
view: OutdatedView, } | { "type": "upgraded", 
/**
 * What became of each file.
 */
view: UpgradeView, } | { "type": "done" } | { "type": "failed", 
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
 * The page, the step or the path.
 */
page: LinkCard, 
/**
 * The title of the path that got a new step.
 */
path: string | null, 
/**
 * Whether it came since this person first opened the roadbook; else it was reviewed.
 */
new: boolean, 
/**
 * The day on which this machine first had it, or on which it was reviewed, as people write it.
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
 * A project beside its starter.
 */
export type OutdatedView = { 
/**
 * The project's folder, absolute.
 */
folder: string, 
/**
 * The starter's id.
 */
starter: string, 
/**
 * The starter's title.
 */
title: string, 
/**
 * Whether the project is as its starter would make it now, but for the person's own work.
 */
current: boolean, 
/**
 * The version, or the commit, that the project has.
 */
from: string, 
/**
 * The version, or the commit, that there is now.
 */
to: string, 
/**
 * What differs between what was made then and what would be made now, by path.
 */
files: Array<ChangedFile>, 
/**
 * New questions, with the answers that were taken for them.
 */
assumed: Array<AssumedAnswer>, 
/**
 * Names of recorded answers that nobody asks for any more.
 */
dropped: Array<string>, };

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
 * A file that a template would make.
 */
export type PreviewedFile = { 
/**
 * Below the project's folder, with `/`.
 */
path: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * What is in it with secrets masked, and of a symbolic link where it points; `None` where it is no text or there
 * is too much to show with the others.
 */
text: string | null, 
/**
 * Whether only the beginning is shown.
 */
cut: boolean, 
/**
 * Whether it may be run.
 */
executable: boolean, 
/**
 * Whether it is a symbolic link.
 */
link: boolean, };

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
 * What a template would make.
 */
export type ProjectPreview = { 
/**
 * The files, by path.
 */
files: Array<PreviewedFile>, 
/**
 * What is left to the person or never run, with these answers; secrets are masked.
 */
deferred: Array<DeferredAction>, };

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
 * A starter that is a repository, and its mirror.
 */
export type StarterMirror = { 
/**
 * The starter's id.
 */
starter: string, 
/**
 * The address of its repository, without a sign-in.
 */
repository: string, 
/**
 * When the mirror was fetched, in seconds since 1970; `None` where there is no mirror.
 */
fetched: number | null, 
/**
 * The same as people say it: `3 days ago`.
 */
age: string | null, 
/**
 * What the mirror takes on disk; 0 where there is none.
 */
bytes: number, };

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
 * Parts of the template that are shown and not carried out here.
 */
deferred: Array<DeferredAction>, 
/**
 * Projects made from it, newest first.
 */
projects: Array<ProjectCard>, 
/**
 * The answers that were given last time, by field and without secrets; empty where there are none.
 */
saved: Record<string, unknown>, };

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
 * The path's or step's title.
 */
title: string, 
/**
 * The rows.
 */
rows: Array<ToolRow>, };

/**
 * What a tool is in a project's folder, where version managers choose by the files there.
 */
export type ToolInProject = { 
/**
 * `Failed` where the version that the folder asks for is not installed, `Skipped` where it was not asked.
 */
state: TaskState, 
/**
 * The version there.
 */
version: string | null, 
/**
 * The program that was run, absolute.
 */
path: string | null, 
/**
 * What was run, empty where nothing was.
 */
command: string, 
/**
 * The line that says the version, or what is missing.
 */
output: string, 
/**
 * One sentence.
 */
detail: string, 
/**
 * Milliseconds.
 */
ms: number | null, };

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
link: string | null, 
/**
 * When it was checked, in the person's words; empty before.
 */
checked: string, 
/**
 * The line of a repository's file that asks, where one does.
 */
asked: AskedBy | null, 
/**
 * What it is in the project's folder, where it was asked there.
 */
inProject: ToolInProject | null, };

/**
 * Whose tools are looked at.
 */
export type ToolScope = { "type": "all" } | { "type": "path", 
/**
 * The path's id.
 */
id: string, } | { "type": "folder", 
/**
 * Absolute, or below the home folder with `~`.
 */
folder: string, };

/**
 * A scope to choose.
 */
export type ToolScopeCard = { 
/**
 * The scope.
 */
scope: ToolScope, 
/**
 * The path's title, or the folder as people write it.
 */
title: string, };

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
 * The toolchain screen: the tools of a scope, with the last findings.
 */
export type ToolchainView = { 
/**
 * What is shown.
 */
scope: ToolScopeCard, 
/**
 * What can be shown instead: paths in the roadbook's order, then folders, the last ones first.
 */
scopes: Array<ToolScopeCard>, 
/**
 * Of all paths, a group per path that asks for tools ("Your first day"), each tool in the first that asks
 * for it; of a path, a group per step; of a folder, what is asked and what is only hinted at.
 */
groups: Array<ToolGroup>, 
/**
 * Files of a folder that disagree about a tool.
 */
conflicts: Array<CarriedFinding>, 
/**
 * Files or values of a folder that could not be read.
 */
problems: Array<CarriedFinding>, 
/**
 * When the tools were last checked, in the person's words.
 */
checked: string | null, 
/**
 * Where the search path came from ("The environment this app was started with").
 */
environment: string, };

/**
 * An upgrade that was worked out, and written if asked for.
 */
export type UpgradeView = { 
/**
 * The project's folder, absolute.
 */
folder: string, 
/**
 * The starter's id.
 */
starter: string, 
/**
 * The starter's title.
 */
title: string, 
/**
 * The version, or the commit, that the project had.
 */
from: string, 
/**
 * The version, or the commit, that there is now.
 */
to: string, 
/**
 * Whether files were written. The result is staged and not committed.
 */
written: boolean, 
/**
 * Whether an upgrade that was interrupted was taken back or ended first.
 */
recovered: boolean, 
/**
 * What becomes of each file, by path; empty where the project is current.
 */
files: Array<UpgradedFile>, 
/**
 * New questions, with the answers that were taken for them.
 */
assumed: Array<AssumedAnswer>, 
/**
 * Names of recorded answers that nobody asks for any more.
 */
dropped: Array<string>, };

/**
 * A file of an upgrade.
 */
export type UpgradedFile = { 
/**
 * Below the project's folder, with `/`.
 */
path: string, 
/**
 * The path that it had, for one that is moved.
 */
from: string | null, 
/**
 * What becomes of it.
 */
outcome: FileOutcome, 
/**
 * The same in half a sentence.
 */
words: string, 
/**
 * Whether the person has to look at it before the project is whole again.
 */
needsYou: boolean, };
