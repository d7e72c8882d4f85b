//! `parc-etl rules`: the rules of extraction, whose ids stand in the tables.

use std::fmt::Write;

use anstyle::Style;
use anyhow::bail;
use clap::ValueEnum;
use parc_etl::stages::extract::{Rule, rules};
use serde_json::{Value, json};

use super::Outcome;
use super::terminal::print;

const EXAMPLES: &str = "\
Examples:
  parc-etl rules                             every rule, by table
  parc-etl rules role.chair_agent            one rule, with its example
  parc-etl rules --format json | jq -r '.rules[] | select(.confidence < 0.7).id'";

/// List the rules of extraction: what each finds, how sure it is, an example
///
/// Every fact carries the id of the rule that found it in the column rule, and that rule's confidence: the share of its
/// facts that are right, as far as is known. extract.min_confidence of the pipeline file leaves out those of unsure rules.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Only this rule
    id: Option<String>,

    /// Text to read or JSON for tools
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
}

/// How to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Prints the rules.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let is_asked_for = |rule: &&Rule| args.id.as_ref().is_none_or(|id| rule.id == id);
    let chosen: Vec<&Rule> = rules().filter(is_asked_for).collect();
    if let (true, Some(id)) = (chosen.is_empty(), &args.id) {
        bail!(unknown(id));
    }
    print(&match (args.format, chosen.as_slice()) {
        (Format::Json, _) => format!("{:#}\n", as_json(&chosen)),
        (Format::Text, [rule]) => one(rule),
        (Format::Text, _) => table(&chosen),
    })?;
    Ok(Outcome::Done)
}

/// Why nothing can be shown of the rule `id`.
fn unknown(id: &str) -> String {
    let distance = |rule: &Rule| strsim::damerau_levenshtein(rule.id, id);
    let similar = rules()
        .min_by_key(|rule| distance(rule))
        .filter(|rule| distance(rule) <= 4);
    let hint = match similar {
        Some(rule) => format!("did you mean `{}`?", rule.id),
        None => "`parc-etl rules` lists them all".to_owned(),
    };
    format!("there is no rule `{id}`; {hint}")
}

/// A line per rule, under the name of its table.
fn table(rules: &[&Rule]) -> String {
    let id_width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let bold = Style::new().bold();
    let mut text = String::new();
    for (index, rule) in rules.iter().enumerate() {
        let known = index > 0 && rules[index - 1].finds == rule.finds;
        if !known {
            let gap = if index > 0 { "\n" } else { "" };
            let _ = writeln!(text, "{gap}{bold}{}{bold:#}", rule.finds.name());
        }
        let _ = writeln!(text, "  {:id_width$}  {:.2}  {}", rule.id, rule.confidence, rule.about);
    }
    text
}

fn one(rule: &Rule) -> String {
    let bold = Style::new().bold();
    format!(
        "{bold}{}{bold:#}\n  Finds       {}\n  Confidence  {:.2}\n  About       {}\n  Example     {}\n",
        rule.id,
        rule.finds.name(),
        rule.confidence,
        rule.about,
        rule.example,
    )
}

fn as_json(rules: &[&Rule]) -> Value {
    let rule_json = |rule: &&Rule| {
        json!({
            "id": rule.id,
            "table": rule.finds.name(),
            "confidence": rule.confidence,
            "about": rule.about,
            "example": rule.example,
        })
    };
    json!({ "rules": rules.iter().map(rule_json).collect::<Vec<Value>>() })
}
