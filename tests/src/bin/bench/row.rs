//! A measure beside what it is compared with, and what the budget says of it.

use std::fmt;

/// What was measured in one run.
pub(crate) struct Row {
    pub(crate) moment: String,
    pub(crate) ours: f64,
    pub(crate) unit: &'static str,
    pub(crate) than: String,
    pub(crate) other: f64,
    /// The most that `ours / other` may be; `None` where the row only informs.
    pub(crate) budget: Option<f64>,
}

impl Row {
    pub(crate) fn ratio(&self) -> f64 {
        self.ours / self.other
    }

    pub(crate) fn holds(&self) -> bool {
        self.budget.is_none_or(|budget| self.ratio() <= budget)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            moment,
            ours,
            unit,
            than,
            other,
            budget,
        } = self;
        write!(
            out,
            "{moment}: {ours:.1} {unit}, {than}: {other:.1} {unit}, ratio {:.2}",
            self.ratio()
        )?;
        match budget {
            Some(budget) if self.holds() => write!(out, " (budget {budget}: holds)"),
            Some(budget) => write!(out, " (budget {budget}: OVER)"),
            None => Ok(()),
        }
    }
}
