//! `parc-etl completions`: completion scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use super::terminal::print;
use super::{Cli, Outcome};

const EXAMPLES: &str = "\
Examples:
  parc-etl completions bash > ~/.local/share/bash-completion/completions/parc-etl
  parc-etl completions zsh > ~/.zfunc/_parc-etl
  parc-etl completions fish > ~/.config/fish/completions/parc-etl.fish";

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completion script for a shell.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "parc-etl", &mut script);
    print(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}
