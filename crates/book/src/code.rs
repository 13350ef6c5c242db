//! Code blocks: language, title and highlighting, in few classes so that pages stay small.

use std::sync::LazyLock;

use syntect::{
    parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet},
    util::LinesWithEndings,
};

use crate::escape::{html, push_html};

/// Longer blocks are not highlighted: their grammars cost more than they give.
const MOST_LINES: usize = 2000;
const LONGEST_LINE: usize = 4000;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scope prefixes to classes; the first that fits counts, innermost scope first.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("punctuation.definition.comment", "hl-comment"),
        ("punctuation.definition.string", "hl-string"),
        ("punctuation.definition.variable", "hl-variable"),
        ("punctuation.definition.keyword", "hl-keyword"),
        ("punctuation.definition.inserted", "hl-inserted"),
        ("punctuation.definition.deleted", "hl-deleted"),
        ("comment", "hl-comment"),
        ("string", "hl-string"),
        ("constant.character", "hl-string"),
        ("constant.other.placeholder", "hl-variable"),
        ("constant.other", "hl-variable"),
        ("constant", "hl-number"),
        ("keyword.operator.word", "hl-keyword"),
        ("keyword.operator", "hl-punctuation"),
        ("keyword", "hl-keyword"),
        ("storage", "hl-keyword"),
        ("variable.language", "hl-keyword"),
        ("variable.function", "hl-function"),
        ("variable.annotation", "hl-meta"),
        ("variable", "hl-variable"),
        ("entity.name.function", "hl-function"),
        ("support.function", "hl-function"),
        ("support.macro", "hl-function"),
        ("entity.name.tag", "hl-tag"),
        ("entity.other.attribute-name", "hl-attribute"),
        ("entity.name.section", "hl-keyword"),
        ("entity.name", "hl-type"),
        ("entity.other.inherited-class", "hl-type"),
        ("support", "hl-type"),
        ("markup.inserted", "hl-inserted"),
        ("markup.deleted", "hl-deleted"),
        ("markup.heading", "hl-keyword"),
        ("markup.raw", "hl-string"),
        ("meta.annotation", "hl-meta"),
        ("meta.attribute", "hl-meta"),
        ("meta.diff", "hl-meta"),
        ("meta.preprocessor", "hl-meta"),
        ("punctuation", "hl-punctuation"),
    ]
    .into_iter()
    .filter_map(|(scope, class)| Scope::new(scope).ok().map(|scope| (scope, class)))
    .collect()
});

/// Loads the grammars, so that the first page with code does not wait for them. Meant for a background thread.
pub fn warm_up() {
    LazyLock::force(&SYNTAXES);
    LazyLock::force(&CLASSES);
}

/// A code block from its info string (`rust,ignore title="src/main.rs"`) and text.
pub(crate) fn block(info: &str, code: &str) -> String {
    let info = Info::parse(info);
    let syntax = info.syntax();
    let title = info
        .title
        .map_or_else(|| language_name(info.language, syntax), str::to_owned);
    let highlighted = if info.is_session() {
        session(code)
    } else {
        highlight(syntax, code)
    };
    format!(
        "<div class=\"code\" data-language=\"{}\"><div class=\"code-head\"><span class=\"code-title\">{}</span></div>\
         <pre tabindex=\"0\"><code>{highlighted}</code></pre></div>\n",
        html(&info.language.to_ascii_lowercase()),
        html(&title),
    )
}

#[derive(Debug, PartialEq, Eq)]
struct Info<'i> {
    language: &'i str,
    title: Option<&'i str>,
}

impl<'i> Info<'i> {
    fn parse(info: &'i str) -> Self {
        let info = info.trim();
        let end = info
            .find(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '{'))
            .unwrap_or(info.len());
        let title = info.split_once("title=").and_then(|(_, rest)| {
            let quote = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
            rest[1..].split_once(quote).map(|(title, _)| title.trim())
        });
        let language = if info[..end].contains('=') { "" } else { &info[..end] };
        Self {
            language,
            title: title.filter(|title| !title.is_empty()),
        }
    }

    fn is_session(&self) -> bool {
        matches!(
            self.language.to_ascii_lowercase().as_str(),
            "console" | "shell-session" | "shellsession" | "sh-session" | "terminal"
        )
    }

    fn syntax(&self) -> Option<&'static SyntaxReference> {
        let token = match self.language.to_ascii_lowercase().as_str() {
            "" | "text" | "txt" | "plain" | "plaintext" | "output" | "mermaid" => return None,
            "shell" | "zsh" | "sh" => "bash".to_owned(),
            "golang" => "go".to_owned(),
            "jsonc" | "json5" => "json".to_owned(),
            "hcl" => "tf".to_owned(),
            "python3" | "py3" => "py".to_owned(),
            "jsx" | "mjs" | "cjs" => "js".to_owned(),
            "docker" => "dockerfile".to_owned(),
            other => other.to_owned(),
        };
        SYNTAXES.find_syntax_by_token(&token)
    }
}

/// The language for people.
fn language_name(language: &str, syntax: Option<&SyntaxReference>) -> String {
    match language.to_ascii_lowercase().as_str() {
        "" => String::new(),
        "text" | "txt" | "plain" | "plaintext" => "Text".to_owned(),
        "output" => "Output".to_owned(),
        "sh" | "shell" | "bash" | "zsh" => "Shell".to_owned(),
        "console" | "shell-session" | "shellsession" | "sh-session" | "terminal" => "Terminal".to_owned(),
        "ps1" | "powershell" | "pwsh" => "PowerShell".to_owned(),
        "js" | "javascript" | "jsx" | "mjs" | "cjs" => "JavaScript".to_owned(),
        "yml" | "yaml" => "YAML".to_owned(),
        "hcl" => "HCL".to_owned(),
        _ => syntax.map_or_else(|| language.to_owned(), |syntax| syntax.name.clone()),
    }
}

fn highlight(syntax: Option<&SyntaxReference>, code: &str) -> String {
    syntax
        .filter(|_| code.lines().nth(MOST_LINES).is_none() && code.lines().all(|line| line.len() <= LONGEST_LINE))
        .and_then(|syntax| marked(syntax, code))
        .unwrap_or_else(|| html(code))
}

/// The code with its spans; `None` where the grammar gives up.
fn marked(syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut spans = Spans::default();
    let mut grammar = Grammar::new(syntax);
    for line in LinesWithEndings::from(code) {
        grammar.line(line, &mut spans)?;
    }
    Some(spans.finish())
}

/// A grammar between two lines.
struct Grammar {
    state: ParseState,
    stack: ScopeStack,
}

impl Grammar {
    fn new(syntax: &SyntaxReference) -> Self {
        Self {
            state: ParseState::new(syntax),
            stack: ScopeStack::new(),
        }
    }

    fn line(&mut self, line: &str, spans: &mut Spans) -> Option<()> {
        let operations = self.state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, operation) in operations {
            spans.push(line.get(from..at)?, class(&self.stack));
            self.stack.apply(&operation).ok()?;
            from = at;
        }
        spans.push(line.get(from..)?, class(&self.stack));
        Some(())
    }
}

fn class(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        CLASSES
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
            .map(|(_, class)| *class)
    })
}

/// Spans with neighbours of the same class merged, white space between them included.
#[derive(Default)]
struct Spans {
    out: String,
    class: Option<&'static str>,
    /// White space that may yet belong to the open span.
    space: String,
}

impl Spans {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.trim().is_empty() {
            self.space.push_str(text);
            return;
        }
        if class != self.class {
            self.close();
            if let Some(class) = class {
                self.out.push_str("<span class=\"");
                self.out.push_str(class);
                self.out.push_str("\">");
            }
            self.class = class;
        }
        self.out.push_str(&std::mem::take(&mut self.space));
        let words = text.trim_end();
        push_html(&mut self.out, words);
        self.space.push_str(&text[words.len()..]);
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            self.out.push_str("</span>");
        }
        self.out.push_str(&std::mem::take(&mut self.space));
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

/// A terminal session: prompts are marked so that copying can leave them out, commands are highlighted, output is not.
fn session(code: &str) -> String {
    let shell = SYNTAXES.find_syntax_by_token("bash");
    let mut out = String::new();
    // The command that goes on in the next line.
    let mut command: Option<Grammar> = None;
    for line in LinesWithEndings::from(code) {
        let starts = ["$ ", "PS> ", "PS C:\\> "]
            .into_iter()
            .find(|prompt| line.starts_with(prompt));
        let prompt = starts.or_else(|| (command.is_some() && line.starts_with("> ")).then_some("> "));
        if let Some(prompt) = prompt {
            out.push_str("<span class=\"hl-prompt\">");
            push_html(&mut out, prompt);
            out.push_str("</span>");
        }
        let text = &line[prompt.map_or(0, str::len)..];
        if starts.is_some() {
            command = shell.map(Grammar::new);
        }
        let marked = command
            .as_mut()
            .filter(|_| line.len() <= LONGEST_LINE)
            .and_then(|grammar| {
                let mut spans = Spans::default();
                grammar.line(text, &mut spans)?;
                Some(spans.finish())
            });
        out.push_str(&marked.unwrap_or_else(|| html(text)));
        if !text.trim_end().ends_with('\\') {
            command = None;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_info_string_gives_language_and_title() {
        let parse = |info| {
            let Info { language, title } = Info::parse(info);
            (language, title)
        };
        assert_eq!(parse("rust,ignore"), ("rust", None));
        assert_eq!(parse("ts {1,3} title=\"src/a b.ts\""), ("ts", Some("src/a b.ts")));
        assert_eq!(parse("py hl_lines=\"2 3\" title='x'"), ("py", Some("x")));
        assert_eq!(parse("title=\"Dockerfile\""), ("", Some("Dockerfile")));
        assert_eq!(parse(""), ("", None));
    }

    #[test]
    fn common_languages_have_a_grammar() {
        let languages = [
            "rust",
            "rs",
            "ts",
            "tsx",
            "typescript",
            "js",
            "jsx",
            "python",
            "py",
            "go",
            "java",
            "kotlin",
            "c",
            "cpp",
            "sh",
            "bash",
            "yaml",
            "yml",
            "toml",
            "json",
            "jsonc",
            "dockerfile",
            "docker",
            "html",
            "css",
            "sql",
            "diff",
            "makefile",
            "hcl",
            "terraform",
            "svelte",
            "xml",
            "ini",
            "nix",
            "graphql",
            "proto",
            "md",
        ];
        let without: Vec<&str> = languages
            .into_iter()
            .filter(|language| Info::parse(language).syntax().is_none())
            .collect();
        assert_eq!(without, [""; 0]);
    }

    #[test]
    fn unknown_languages_stay_plain() {
        assert!(block("klingon", "a < b").contains("<code>a &lt; b</code>"));
    }

    #[test]
    fn neighbours_of_one_class_share_a_span() {
        let html = highlight(Info::parse("rust").syntax(), "// a b\n// c\n");
        assert_eq!(html, "<span class=\"hl-comment\">// a b\n// c</span>\n");
    }

    #[test]
    fn prompts_are_marked_and_output_is_plain() {
        let html = session("$ echo \"a\" \\\n> b\nlet x\n");
        assert!(html.starts_with("<span class=\"hl-prompt\">$ </span>"), "{html}");
        assert!(html.contains("<span class=\"hl-prompt\">&gt; </span>b\n"), "{html}");
        assert!(html.ends_with("\nlet x\n"), "{html}");
    }

    #[test]
    fn very_long_blocks_stay_plain() {
        let code = "let x = 1;\n".repeat(MOST_LINES + 1);
        assert!(!highlight(Info::parse("rust").syntax(), &code).contains("span"));
    }
}
