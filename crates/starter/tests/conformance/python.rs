//! The Python that has the tools.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const COOKIECUTTER: &str = "
import json, sys
from cookiecutter.main import cookiecutter
wanted = json.load(sys.stdin)
cookiecutter(wanted['template'], no_input=True, extra_context=wanted['answers'], output_dir=wanted['output'],
             accept_hooks=False, default_config=True)
";

const COPIER: &str = "
import json, os, sys
from copier import run_copy
wanted = json.load(sys.stdin)
os.chdir(wanted['root'])
run_copy(wanted['template'], wanted['output'], data=wanted['answers'], defaults=True, overwrite=True, quiet=True,
         skip_tasks=True, unsafe=True)
";

pub struct Python {
    program: String,
    pub version: String,
}

impl Python {
    /// The Python that can import a package; says so where there is none.
    pub fn with(package: &str) -> Option<Self> {
        let program = std::env::var("ROADBOOK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let code = format!("import {package}, importlib.metadata; print(importlib.metadata.version('{package}'))");
        let output = Command::new(&program).args(["-c", &code]).output();
        match output {
            Ok(output) if output.status.success() => Some(Self {
                program,
                version: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            }),
            _ => {
                println!("not compared: {program} cannot import {package} (ROADBOOK_PYTHON names another Python)");
                None
            }
        }
    }

    /// The project that cookiecutter makes, or what it says.
    pub fn cookiecutter(&self, template: &Path, answers: &Value, home: &Path) -> Result<PathBuf, String> {
        let output = home.join("output");
        std::fs::create_dir_all(&output).unwrap();
        let wanted = json!({ "template": template, "answers": answers, "output": output });
        self.run(COOKIECUTTER, &wanted, home)?;
        let mut made = std::fs::read_dir(&output).unwrap();
        Ok(made.next().expect("one project").unwrap().path())
    }

    /// The project that copier makes, or what it says.
    pub fn copier(&self, root: &Path, template: &str, answers: &Value, home: &Path) -> Result<PathBuf, String> {
        // The same name as the project's, which templates can print.
        let output = home.join("output/shop");
        let wanted = json!({ "root": root, "template": template, "answers": answers, "output": output });
        self.run(COPIER, &wanted, home)?;
        Ok(output)
    }

    fn run(&self, code: &str, wanted: &Value, home: &Path) -> Result<(), String> {
        let mut child = Command::new(&self.program)
            .args(["-c", code])
            .current_dir(home)
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(wanted.to_string().as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(said.lines().last().unwrap_or_default().to_owned())
    }
}
