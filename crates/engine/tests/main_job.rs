//! The main job as a front end does it, without a window: a book in a folder, a store in another.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use engine::wire::{Block, Code, JobEvent, Progress, StepState, TaskBody, TaskState, TaskView};
use engine::{Engine, Folders, Options};

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        home.write(
            "book/roadbook.toml",
            "format = 1\nid = \"acme\"\ntitle = \"Acme\"\nreview_every = \"30d\"\n\
             [owner]\nname = \"Platform team\"\n\
             contacts = [{ kind = \"issue\", label = \"Ask\", url = \"https://git.example/new?title={title}\" }]\n\
             [roles]\nbackend = \"Backend engineer\"\nfrontend = \"Frontend engineer\"\n",
        );
        home.write(
            "book/paths/first/index.md",
            "---\ntitle: First\nroles: [backend]\nnext: [second]\n---\nHello.\n",
        );
        home.write(
            "book/paths/first/10-read.md",
            "---\ntitle: Read\nminutes: 5\n---\nRead [this](20-prove.md).\n",
        );
        home.write(
            "book/paths/first/20-prove.md",
            "---\ntitle: Prove\nminutes: 10\n---\n```verify\n- file: README.md\n\
             - contains: { file: README.md, text: \"Owner:\" }\n- command: cat README.md\n\
             failed: Write a **README**.\n```\n",
        );
        home.write(
            "book/paths/first/30-quiz.md",
            "---\ntitle: Quiz\nminutes: 1\n---\n```quiz\nquestion: Who?\nchoices:\n\
             - { text: You, correct: true, why: Yes. }\n- { text: They, why: No. }\n```\n",
        );
        home.write(
            "book/paths/first/40-other.md",
            "---\ntitle: Other\nwhen: { role: [frontend] }\n---\n```confirm\nMet them.\n```\n",
        );
        home.write(
            "book/paths/second/index.md",
            "---\ntitle: Second\nrequires: [first]\n---\nMore.\n",
        );
        home.write(
            "book/paths/second/10-do.md",
            "---\ntitle: Do\n---\n```confirm\nDone **it**.\n```\n",
        );
        home.write(
            "book/library/concepts/path.md",
            "---\ntitle: Paved path\nkind: concept\nreviewed: 2020-01-02\npaths: [first]\n---\n## Why\nBecause.\n",
        );
        home
    }

    fn write(&self, below: &str, text: &str) {
        let file = self.path(below);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn open(&self) -> Engine {
        let folders = Folders {
            data: self.path("data"),
            cache: self.path("cache"),
            home: self.path("home"),
        };
        Engine::open(Options {
            book: Some(self.path("book")),
            folders: Some(folders),
        })
        .unwrap()
    }
}

fn task(engine: &Engine, step: &str) -> TaskView {
    let page = engine.page(step).unwrap();
    page.blocks
        .into_iter()
        .find_map(|block| match block {
            Block::Task { task } => Some(task),
            Block::Html { .. } => None,
        })
        .unwrap()
}

fn states(engine: &Engine, path: &str) -> Vec<StepState> {
    engine.path(path).unwrap().steps.iter().map(|step| step.state).collect()
}

fn point_at(engine: &Engine, step: &str, folder: &Path) {
    engine.set_folder((step, folder.to_str().unwrap())).unwrap();
}

#[tokio::test]
async fn a_path_is_walked_to_its_end_and_resumes_where_it_was_left() {
    let home = Home::new();
    home.write("project/README.md", "Owner: me\n");
    {
        let engine = home.open();
        let mut settings = engine.settings().unwrap();
        settings.role = Some("backend".into());
        engine.save_settings(&settings).unwrap();
        assert_eq!(engine.home().unwrap().resume.unwrap().step.id, "first/read");
        engine.complete_step("first/read", true).unwrap();
        engine.set_place("page/first/prove").unwrap();
    }

    let engine = home.open();
    assert_eq!(engine.start().unwrap().place.as_deref(), Some("page/first/prove"));
    assert_eq!(engine.home().unwrap().resume.unwrap().step.id, "first/prove");
    point_at(&engine, "first/prove", &home.path("project"));
    engine
        .verify("job", "first/prove", "verify-1", true, &|_| {})
        .await
        .unwrap();
    engine.answer_quiz("first/quiz", "quiz-1", &[0]).unwrap();

    let done = StepState::Done;
    assert_eq!(states(&engine, "first"), [done, done, done, StepState::Skipped]);
    let home = engine.home().unwrap();
    assert_eq!(home.finished[0].id, "first");
    assert_eq!(home.resume.unwrap().step.id, "second/do");
}

#[test]
fn a_path_is_for_its_roles_and_all_are_offered_without_one() {
    let home = Home::new();
    let engine = home.open();
    let for_role = |engine: &Engine| {
        let cards = engine.paths().unwrap();
        cards
            .into_iter()
            .filter(|card| card.for_role)
            .map(|card| card.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(for_role(&engine), ["first", "second"]);

    let mut settings = engine.settings().unwrap();
    settings.role = Some("frontend".into());
    let start = engine.save_settings(&settings).unwrap();

    assert_eq!(for_role(&engine), ["second"]);
    assert_eq!(start.roles.iter().map(|role| role.paths).collect::<Vec<_>>(), [2, 1]);
    settings.role = Some("pilot".into());
    let failure = engine.save_settings(&settings).unwrap_err();
    assert_eq!(failure.code, Code::Invalid);
    assert!(failure.hint.contains("backend, frontend"));
}

#[test]
fn a_wrong_answer_shows_why_and_leaves_the_step_open() {
    let home = Home::new();
    let engine = home.open();
    let TaskBody::Quiz { choices, answered, .. } = task(&engine, "first/quiz").what else {
        panic!()
    };
    assert!(
        !answered
            && choices
                .iter()
                .all(|choice| choice.correct.is_none() && choice.why.is_none())
    );

    engine.answer_quiz("first/quiz", "quiz-1", &[1]).unwrap();

    let quiz = task(&engine, "first/quiz");
    assert_eq!(quiz.state, TaskState::Failed);
    let TaskBody::Quiz { choices, .. } = quiz.what else {
        panic!()
    };
    assert_eq!(choices[1].correct, Some(false));
    assert!(choices[1].picked && choices[1].why.as_deref().unwrap().contains("No."));
    assert_eq!(states(&engine, "first")[2], StepState::Started);
    assert_eq!(
        engine.answer_quiz("first/quiz", "quiz-1", &[7]).unwrap_err().code,
        Code::Invalid
    );
}

#[tokio::test]
async fn a_command_runs_only_with_consent() {
    let home = Home::new();
    home.write("project/README.md", "Owner: me\n");
    let engine = home.open();
    point_at(&engine, "first/prove", &home.path("project"));
    let printed = Mutex::new(Vec::new());
    let tell = |event| {
        if let JobEvent::Output { line } = event {
            printed.lock().unwrap().push(line);
        }
    };

    engine
        .verify("job", "first/prove", "verify-1", false, &tell)
        .await
        .unwrap();
    assert!(printed.lock().unwrap().is_empty());
    assert_eq!(task(&engine, "first/prove").state, TaskState::Todo);

    engine
        .verify("job", "first/prove", "verify-1", true, &tell)
        .await
        .unwrap();
    assert_eq!(*printed.lock().unwrap(), ["Owner: me"]);
    assert_eq!(task(&engine, "first/prove").state, TaskState::Passed);
}

#[tokio::test]
async fn a_check_that_does_not_hold_says_what_was_found() {
    let home = Home::new();
    home.write("project/README.md", "nothing\n");
    let engine = home.open();
    point_at(&engine, "first/prove", &home.path("project"));

    let rows = engine
        .verify("job", "first/prove", "verify-1", true, &|_| {})
        .await
        .unwrap();

    assert_eq!(rows[1].state, TaskState::Failed);
    assert_eq!(rows[1].detail, "README.md does not contain \"Owner:\".");
    assert_eq!(engine.advice("first/prove", "verify-1").unwrap(), ["Write a README."]);
    let TaskBody::Verify { checks, failed, .. } = task(&engine, "first/prove").what else {
        panic!()
    };
    assert_eq!(
        checks[1].state,
        TaskState::Failed,
        "the result is there after a restart too"
    );
    assert!(failed.unwrap().contains("<strong>README</strong>"));
}

#[tokio::test]
async fn verifying_without_a_folder_says_what_to_do() {
    let home = Home::new();
    let engine = home.open();

    let failure = engine
        .verify("job", "first/prove", "verify-1", true, &|_| {})
        .await
        .unwrap_err();

    assert_eq!(failure.code, Code::Invalid);
    assert!(!failure.hint.is_empty());
    let missing = engine.set_folder(("first/prove", "/nowhere/at/all")).unwrap_err();
    assert!(missing.message.contains("/nowhere/at/all"));
}

#[tokio::test]
async fn a_stopped_job_ends_its_command_and_records_nothing() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-wait.md",
        "---\ntitle: Wait\n---\n```verify\n- command: echo begun; sleep 600\n```\n",
    );
    home.write("project/README.md", "");
    let engine = home.open();
    point_at(&engine, "second/wait", &home.path("project"));
    let tell = |event| {
        if matches!(event, JobEvent::Output { .. }) {
            engine.cancel("job");
        }
    };

    let failure = engine
        .verify("job", "second/wait", "verify-1", true, &tell)
        .await
        .unwrap_err();

    assert_eq!(failure.code, Code::Cancelled);
    assert_eq!(task(&engine, "second/wait").state, TaskState::Todo);
}

#[test]
fn progress_is_taken_along_and_forgotten() {
    let (here, there) = (Home::new(), Home::new());
    let engine = here.open();
    engine.complete_step("first/read", true).unwrap();
    let text = engine.export_progress().unwrap();
    let other = there.open();

    assert_eq!(other.import_progress(&text).unwrap(), 1);
    assert_eq!(states(&other, "first")[0], StepState::Done);

    assert_eq!(other.reset_progress("first").unwrap(), 1);
    assert_eq!(states(&other, "first")[0], StepState::Todo);
    assert_eq!(other.reset_progress("nothing").unwrap_err().code, Code::NotFound);
}

#[test]
fn a_page_that_changed_since_is_told() {
    let home = Home::new();
    home.open().complete_step("first/read", true).unwrap();
    assert!(!home.open().page("first/read").unwrap().step.unwrap().changed);

    home.write(
        "book/paths/first/10-read.md",
        "---\ntitle: Read\n---\nQuite another text.\n",
    );

    let step = home.open().page("first/read").unwrap().step.unwrap();
    assert!(step.changed);
    assert_eq!(step.card.state, StepState::Done);
}

#[test]
fn a_damaged_store_is_told_until_it_is_dismissed() {
    let home = Home::new();
    home.write(
        "data/journey.db",
        "garbage that is long enough to be no database header",
    );

    let engine = home.open();
    let notice = &engine.start().unwrap().notices[0];
    assert_eq!(notice.id, "journey-set-aside");
    assert!(notice.hint.contains("journey.db.damaged-"));

    engine.dismiss_notice("journey-set-aside").unwrap();
    assert!(home.open().start().unwrap().notices.is_empty());
}

#[test]
fn a_store_that_cannot_be_written_is_told_and_the_book_still_opens() {
    let home = Home::new();
    home.write("data", "a file where the folder should be");

    let engine = home.open();

    assert_eq!(engine.start().unwrap().notices[0].id, "journey-not-kept");
    engine.complete_step("first/read", true).unwrap();
    assert_eq!(engine.path("first").unwrap().card.state, Progress::Started);
}

#[test]
fn a_folder_that_is_no_roadbook_is_told() {
    let home = Home::new();
    let folders = Folders {
        data: home.path("d"),
        cache: home.path("c"),
        home: home.path("h"),
    };

    let failure = Engine::open(Options {
        book: Some(home.path("home-of-nothing")),
        folders: Some(folders),
    })
    .err()
    .unwrap();

    assert!(failure.message.contains("home-of-nothing"));
    assert!(!failure.hint.is_empty());
}

#[test]
fn a_library_page_knows_its_place_its_owner_and_its_age() {
    let home = Home::new();
    let page = home.open().page("library/concepts/path").unwrap();

    let trail: Vec<_> = page.breadcrumb.iter().map(|link| link.title.as_str()).collect();
    assert_eq!(trail, ["Library", "Concepts"]);
    assert!(page.about.stale);
    assert_eq!(page.about.reviewed.as_deref(), Some("2 January 2020"));
    let owner = page.about.owner.unwrap();
    assert_eq!(owner.contacts[0].url, "https://git.example/new?title=Paved%20path");
    assert_eq!(page.paths[0].id, "first");
}

#[test]
fn search_finds_sections_and_leads_to_them() {
    let home = Home::new();
    let answer = home.open().search("why", 5).unwrap();

    assert_eq!(answer.hits[0].route, "page/library/concepts/path?at=why");
    assert_eq!(answer.hits[0].breadcrumb, "Library › Concepts › Paved path");
}

#[test]
fn pictures_are_served_from_inside_the_book_only() {
    let home = Home::new();
    home.write("book/assets/a b.svg", "<svg/>");
    home.write("secret.png", "no");
    let engine = home.open();

    assert_eq!(engine.asset("assets/a b.svg").unwrap().media_type, "image/svg+xml");
    for path in [
        "../secret.png",
        "roadbook.toml",
        "assets/missing.png",
        "/etc/passwd.png",
        "assets",
    ] {
        assert_eq!(engine.asset(path).unwrap_err().code, Code::NotFound, "{path}");
    }
}

#[tokio::test]
async fn a_tools_task_passes_when_what_is_required_is_there() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n- tool: no-such-tool-anywhere\n  required: false\n```\n",
    );
    home.write(
        "book/paths/second/30-more.md",
        "---\ntitle: More\n---\n```tools\n- git >=999\n```\n",
    );
    let engine = home.open();

    let rows = engine.check_tools("job", Some("second"), None, &|_| {}).await.unwrap();

    assert_eq!(rows.len(), 3);
    assert_eq!(task(&engine, "second/tools").state, TaskState::Passed);
    assert_eq!(task(&engine, "second/more").state, TaskState::Failed);
    let card = engine.home().unwrap().toolchain.unwrap();
    assert_eq!(
        card.attention
            .iter()
            .map(|row| row.required.as_str())
            .collect::<Vec<_>>(),
        [">=999"]
    );
    assert!(engine.diagnostics().iter().any(|row| row.code == "unknown-tool"));
}

#[tokio::test]
async fn what_a_repository_asks_for_is_checked_and_disagreements_are_told() {
    let home = Home::new();
    home.write("project/rust-toolchain.toml", "[toolchain]\nchannel = \"1.2.3\"\n");
    home.write("project/.nvmrc", "18\n");
    home.write("project/package.json", "{ \"engines\": { \"node\": \">=20\" } }\n");

    let check = home
        .open()
        .check_repository("job", &home.path("project"), &|_| {})
        .await
        .unwrap();

    let sources: Vec<_> = check.rows.iter().map(|row| row.source.as_str()).collect();
    assert!(
        sources.contains(&"rust-toolchain.toml:2") && sources.contains(&".nvmrc:1"),
        "{sources:?}"
    );
    assert!(check.conflicts[0].message.contains(".nvmrc:1"), "{:?}", check.conflicts);
}

#[tokio::test]
async fn a_report_names_no_home_folder() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n```\n",
    );
    let engine = home.open();
    engine.check_tools("job", None, None, &|_| {}).await.unwrap();

    let report = engine.tools_report().unwrap();

    assert!(report.contains("| Git |"), "{report}");
    let own = std::env::var("HOME").unwrap_or_default();
    assert!(own.len() < 2 || !report.contains(&own), "{report}");
}

#[tokio::test]
async fn a_tool_is_told_under_the_name_that_was_asked_for() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- rust >=0.1\n```\n",
    );
    let engine = home.open();

    let rows = engine
        .check_tools("job", Some("second/tools"), None, &|_| {})
        .await
        .unwrap();

    assert_eq!(rows[0].tool, "rust");
    assert_ne!(task(&engine, "second/tools").state, TaskState::Todo);
}

#[tokio::test]
async fn a_path_checks_its_own_tools_also_those_that_another_asks_for_first() {
    let home = Home::new();
    home.write(
        "book/paths/first/50-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n```\n",
    );
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n- curl\n```\n",
    );
    let engine = home.open();

    let rows = engine.check_tools("job", Some("second"), None, &|_| {}).await.unwrap();

    assert_eq!(
        rows.iter().map(|row| row.tool.as_str()).collect::<Vec<_>>(),
        ["git", "curl"]
    );
}

const TOOLS: &str = "---\ntitle: Tools\n---\n```tools\n- git\n```\n";

#[tokio::test]
async fn checking_all_tools_begins_no_path() {
    let home = Home::new();
    home.write("book/paths/second/20-tools.md", TOOLS);
    let engine = home.open();

    engine.check_tools("job", None, None, &|_| {}).await.unwrap();

    assert_eq!(task(&engine, "second/tools").state, TaskState::Passed);
    let screen = engine.home().unwrap();
    assert_eq!(screen.resume.unwrap().path.id, "first");
    assert!(screen.paths.iter().all(|card| card.state == Progress::Todo));
    engine
        .check_tools("job", Some("second/tools"), None, &|_| {})
        .await
        .unwrap();
    assert_eq!(engine.home().unwrap().resume.unwrap().path.id, "second");
}

#[tokio::test]
async fn a_reset_step_is_not_passed_by_a_check_of_other_tools() {
    let home = Home::new();
    home.write("book/paths/second/20-tools.md", TOOLS);
    let engine = home.open();
    engine.check_tools("job", None, None, &|_| {}).await.unwrap();
    engine.reset_progress("second").unwrap();

    engine
        .check_tools("job", None, Some(&["curl".to_owned()]), &|_| {})
        .await
        .unwrap();

    assert_eq!(task(&engine, "second/tools").state, TaskState::Todo);
}

#[test]
fn another_roadbook_asks_for_its_own_role_and_keeps_the_theme() {
    let home = Home::new();
    let mut settings = home.open().settings().unwrap();
    settings.role = Some("backend".into());
    settings.welcomed = true;
    settings.theme = engine::wire::Theme::Dark;
    home.open().save_settings(&settings).unwrap();
    home.write("book/roadbook.toml", "format = 1\nid = \"other\"\ntitle = \"Other\"\n");

    let engine = home.open();
    let here = engine.settings().unwrap();

    assert_eq!((here.role.as_deref(), here.welcomed), (None, false));
    assert_eq!(here.theme, engine::wire::Theme::Dark);
    engine.save_settings(&here).unwrap();
}

#[test]
fn answers_of_a_quiz_that_changed_are_not_shown() {
    let home = Home::new();
    home.open().answer_quiz("first/quiz", "quiz-1", &[0]).unwrap();
    home.write(
        "book/paths/first/30-quiz.md",
        "---\ntitle: Quiz\n---\n```quiz\nquestion: Who now?\nchoices:\n- { text: They, why: No. }\n\
         - { text: You, correct: true, why: Yes. }\n```\n",
    );

    let TaskBody::Quiz { answered, choices, .. } = task(&home.open(), "first/quiz").what else {
        panic!()
    };

    assert!(!answered && !choices[0].picked);
}

#[test]
fn a_task_waits_for_its_project_or_is_skipped_with_its_step() {
    let home = Home::new();
    home.write(
        "book/starters/api/starter.toml",
        "title = \"Api\"\nrepository = \"https://git.example/api.git\"\n",
    );
    home.write(
        "book/paths/second/20-make.md",
        "---\ntitle: Make\n---\n```starter\nstarter: api\n```\n",
    );
    home.write(
        "book/paths/second/30-see.md",
        "---\ntitle: See\n---\n```verify\n- file: README.md\n```\n",
    );
    let engine = home.open();
    let mut settings = engine.settings().unwrap();
    settings.role = Some("backend".into());
    engine.save_settings(&settings).unwrap();

    assert_eq!(task(&engine, "second/see").state, TaskState::Blocked);
    assert_eq!(task(&engine, "first/other").state, TaskState::Skipped);
    home.write("project/README.md", "");
    point_at(&engine, "second/see", &home.path("project"));
    assert_eq!(task(&engine, "second/see").state, TaskState::Todo);
}

#[test]
fn tools_of_the_organisation_that_cannot_be_read_are_told() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("book/tools.toml")).unwrap();

    let rows = home.open().diagnostics();

    assert!(
        rows.iter()
            .any(|row| row.code == "tools-toml" && row.file == "tools.toml")
    );
}
