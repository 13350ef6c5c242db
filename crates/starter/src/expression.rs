//! Expressions of templates: `${{ … }}`, `{% … %}` and `{# … #}`, as Backstage reads them.

use std::time::Duration;

use minijinja::ErrorKind;
use serde_json::Value;

use crate::nunjucks::{Fault, Options, Template};

/// How long one file or text may take.
const TIME: Duration = Duration::from_secs(10);

/// Renders texts and files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expressions {
    options: Options,
}

/// An expression that cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadExpression {
    /// From 1, in the text that was rendered.
    pub(crate) line: usize,
    /// The line of the text.
    pub(crate) code: String,
    /// Half a sentence.
    pub(crate) why: String,
    /// What to do about it; may be empty.
    pub(crate) hint: String,
}

impl Expressions {
    pub(crate) fn new(options: Options) -> Self {
        Self { options }
    }

    /// Renders a text or file to text.
    ///
    /// A name that nobody set is an error: it would silently leave a hole, and in most cases it is an expression
    /// of another tool, such as GitHub Actions.
    pub(crate) fn render(self, text: &str, context: &Value) -> Result<String, BadExpression> {
        if !self.holds_expression(text) {
            return Ok(text.to_owned());
        }
        Template::parse(text, self.options)
            .and_then(|template| template.render(context, TIME))
            .map_err(|fault| told(text, fault, context))
    }

    /// Renders a text of a step's input. A text that is one single expression keeps the expression's type; `None`
    /// is JavaScript's `undefined`, for which the key is left out.
    pub(crate) fn evaluate(self, text: &str, context: &Value) -> Result<Option<Value>, BadExpression> {
        if !self.holds_expression(text) {
            return Ok(Some(Value::String(text.to_owned())));
        }
        Template::parse(text, self.options)
            .and_then(|template| template.value(context, TIME))
            .map_err(|fault| told(text, fault, context))
    }

    /// [`Expressions::evaluate`] on every text in a value.
    pub(crate) fn evaluate_all(self, value: &Value, context: &Value) -> Result<Option<Value>, BadExpression> {
        Ok(match value {
            Value::String(text) => self.evaluate(text, context)?,
            Value::Array(items) => {
                let items = items
                    .iter()
                    .map(|item| Ok(self.evaluate_all(item, context)?.unwrap_or(Value::Null)));
                Some(Value::Array(items.collect::<Result<_, _>>()?))
            }
            Value::Object(entries) => {
                let mut map = serde_json::Map::new();
                for (key, value) in entries {
                    if let Some(value) = self.evaluate_all(value, context)? {
                        map.insert(self.render(key, context)?, value);
                    }
                }
                Some(Value::Object(map))
            }
            other => Some(other.clone()),
        })
    }

    fn holds_expression(self, text: &str) -> bool {
        let opener = if self.options.jinja { "{{" } else { "${{" };
        [opener, "{%", "{#"].into_iter().any(|opener| text.contains(opener))
    }
}

/// What Backstage takes for no. A text `false` is one, too: it comes of `{% if … %}true{% else %}false{% endif %}`,
/// which was read as a value until Backstage's scaffolder 4.
pub(crate) fn is_truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty() && text != "false",
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(_)) => true,
    }
}

fn told(text: &str, fault: Fault, context: &Value) -> BadExpression {
    let mut bad = bad(text, fault.line.max(1), fault.why);
    let Some(name) = fault.unknown else {
        return bad;
    };
    let known: Vec<&str> = context
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    bad.why = format!("{} (known: {})", bad.why, known.join(", "));
    let github = [
        "secrets", "github", "env", "steps", "matrix", "runner", "vars", "needs", "inputs", "jobs",
    ];
    bad.hint = if github.contains(&name.as_str()) {
        format!(
            "If `{name}` belongs to GitHub Actions, keep it out of rendering: put it between {{% raw %}} and {{% endraw %}}, \
             or list the file under copyWithoutTemplating."
        )
    } else {
        "Use `values.NAME` for what the step passes on, or put text that belongs to another tool between {% raw %} and \
         {% endraw %}."
            .to_owned()
    };
    bad
}

pub(crate) fn explain(text: &str, error: &minijinja::Error) -> BadExpression {
    let why = match error.kind() {
        ErrorKind::OutOfFuel => {
            "it takes too long, or makes too much text; does it loop over or repeat too much?".to_owned()
        }
        _ => match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        },
    };
    bad(text, error.line().unwrap_or(1), why)
}

pub(crate) fn bad(text: &str, line: usize, why: String) -> BadExpression {
    let code = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
    let mut code: String = code.chars().take(200).collect();
    if code.is_empty() {
        code = text.trim().chars().take(200).collect();
    }
    BadExpression {
        line,
        code,
        why,
        hint: String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn context() -> Value {
        json!({ "values": {
            "name": "Shop", "yes": true, "no": false, "nothing": null, "list": ["a", "b"], "n": 4, "f": 2.5,
            "big": 1_000_000, "map": {"k": 1}, "repo": "git.example?owner=team&repo=shop", "empty": []
        }})
    }

    fn render(text: &str) -> String {
        Expressions::new(Options::default())
            .render(text, &context())
            .map_err(|e| format!("{e:?}"))
            .unwrap()
    }

    #[test]
    fn values_print_as_in_javascript() {
        for (text, printed) in [
            ("${{ values.yes }} ${{ values.no }}", "true false"),
            ("[${{ values.nothing }}][${{ values.missing.x.y }}]", "[][]"),
            ("${{ values.list }}", "a,b"),
            ("${{ values.map }}", "[object Object]"),
            ("${{ 4 / 2 }} ${{ 3 + 4 - 5 * 6 / 10 }} ${{ values.f }}", "2 4 2.5"),
            ("a\n${{ values.name }}\n", "a\nShop\n"),
            (
                "${{ values.list | dump }} ${{ values.name | dump }}",
                "[\"a\",\"b\"] \"Shop\"",
            ),
            (
                "${{ values.list | join('-') }} ${{ values.name | lower }} ${{ 'x' | upper }}",
                "a-b shop X",
            ),
            ("${{ values.name | replace('S', 's') }}", "shop"),
            ("${{ values.missing | default('none') }}", "none"),
            ("${{ values.name.toUpperCase() }} ${{ values.name.length }}", "SHOP 4"),
            (
                "${{ values.list.includes('a') }} ${{ values.name.startsWith('Sh') }}",
                "true true",
            ),
            (
                "${{ values.repo | projectSlug }} ${{ (values.repo | parseRepoUrl).host }}",
                "team/shop git.example",
            ),
            ("${{ 'group:default/web' | parseEntityRef | pick('name') }}", "web"),
        ] {
            assert_eq!(render(text), printed, "{text}");
        }
    }

    #[test]
    fn javascript_comparisons_and_elseif_are_read() {
        for (text, printed) in [
            ("{% if values.name === 'Shop' %}1{% endif %}", "1"),
            (
                "{% if values.name !== 'Shop' %}1{% elseif values.n === 4 %}2{% else %}3{% endif %}",
                "2",
            ),
            ("${{ 'a === b' }} === !== {{ x }}", "a === b === !== {{ x }}"),
            ("${{ values.nothing === null }}", "true"),
            ("${{ \"it's === \\\" here\" }}", "it's === \" here"),
            ("{%- if values.yes -%} x {%- endif -%}", "x"),
        ] {
            assert_eq!(render(text), printed, "{text}");
        }
    }

    #[test]
    fn raw_text_is_left_alone() {
        for (text, printed) in [
            (
                "{% raw %}${{ secrets.TOKEN === 1 }}{% endraw %}",
                "${{ secrets.TOKEN === 1 }}",
            ),
            ("{% verbatim %}{{ x }} {% if %}{% endverbatim %}", "{{ x }} {% if %}"),
            ("{# ${{ nobody.x }} #}x", "x"),
            ("${{ '${{ github.sha }}' }}", "${{ github.sha }}"),
        ] {
            assert_eq!(render(text), printed, "{text}");
        }
    }

    #[test]
    fn single_expressions_keep_their_type() {
        let expressions = Expressions::new(Options::default());
        for (text, value) in [
            ("${{ values.yes }}", Some(json!(true))),
            ("${{ values.list }}", Some(json!(["a", "b"]))),
            (" ${{ values.n }} ", Some(json!(" 4 "))),
            ("${{ 4 / 2 }}", Some(json!(2))),
            ("${{ values.name }}!", Some(json!("Shop!"))),
            ("${{ values.name }}${{ values.n }}", Some(json!("Shop4"))),
            ("${{ values.missing }}", None),
            ("plain", Some(json!("plain"))),
            ("", Some(json!(""))),
        ] {
            assert_eq!(expressions.evaluate(text, &context()).unwrap(), value, "{text}");
        }
    }

    #[test]
    fn names_of_other_tools_are_an_error_that_explains_the_way_out() {
        let error = Expressions::new(Options::default())
            .render("on: push\nenv:\n  T: ${{ secrets.TOKEN }}\n", &context())
            .unwrap_err();
        assert_eq!((error.line, error.code.as_str()), (3, "T: ${{ secrets.TOKEN }}"));
        assert!(error.hint.contains("raw"), "{}", error.hint);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let expressions = Expressions::new(Options::default());
        for (text, line) in [
            ("a\n${{ values.name | nosuch }}", 2),
            ("a\n\n{% if %}", 3),
            ("${{ 'open }}", 1),
            ("{% raw %}", 1),
            ("a\n${{ values.name.nosuch() }}", 2),
        ] {
            let error = expressions.render(text, &context()).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error:?}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_no_harm() {
        let expressions = Expressions::new(Options::default());
        let times = |text: &str, count: usize| text.repeat(count);
        for text in [
            format!("${{{{ {}1{} }}}}", times("(", 5000), times(")", 5000)),
            format!("${{{{ {}1{} }}}}", times("[", 5000), times("]", 5000)),
            format!("${{{{ {}1 }}}}", times("not ", 5000)),
            format!("${{{{ {}1 }}}}", times("- + ", 5000)),
            format!("${{{{ values{} }}}}", times(".x", 5000)),
            format!("${{{{ 1{} }}}}", times(" + 1", 5000)),
            format!("${{{{ 'x'{} }}}}", times(" | trim", 5000)),
            format!("{}{}", times("{% if 1 %}", 5000), times("{% endif %}", 5000)),
            "{% set a = [] %}{% for i in range(100000) %}{% set a = [a] %}{% endfor %}${{ a }}".to_owned(),
            "{% set a = [] %}{% for i in range(100000) %}{% set a = [a] %}{% endfor %}${{ a | dump }}".to_owned(),
            "{% set a = [] %}{% if a.push([a]) %}{% endif %}".to_owned(),
            "{% macro m(n) %}${{ m(n + 1) }}{% endmacro %}${{ m(0) }}".to_owned(),
        ] {
            let error = expressions.render(&text, &context()).unwrap_err();
            assert!(error.code.len() <= 800 && !error.why.is_empty(), "{error:?}");
        }
        // What is nested as people nest it is fine.
        let text = format!("${{{{ {}values.n{} }}}}", times("(", 20), times(")", 20));
        assert_eq!(expressions.render(&text, &context()).unwrap(), "4");
    }

    #[test]
    fn an_endless_template_ends() {
        let text = "{% for a in range(9999) %}{% for b in range(9999) %}${{ b }}{% endfor %}{% endfor %}";
        let error = Expressions::new(Options::default())
            .render(text, &context())
            .unwrap_err();
        assert!(error.why.contains("too long"), "{error:?}");
    }
}
