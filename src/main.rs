//! The `parc-etl` program: parse, run, exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

/// Gives memory back that tables have left, and is faster than the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match cli.run() {
        Ok(outcome) => outcome.into(),
        Err(failure) => failure.report(),
    }
}
