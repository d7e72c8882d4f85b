//! The log on standard error: lines for people or one JSON object per line for machines.

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Environment variable with a filter such as `debug`, for those who look for a fault.
pub const FILTER_VARIABLE: &str = "PARC_ETL_LOG";

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people
    Text,
    /// One JSON object per line
    Json,
}

/// Starts the log. `level` holds where the environment does not say otherwise.
pub fn start(format: LogFormat, level: LevelFilter) {
    let filter = EnvFilter::builder()
        .with_default_directive(level.into())
        .with_env_var(FILTER_VARIABLE)
        .from_env_lossy();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.with_target(false).with_ansi(stderr_is_styled()).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

fn stderr_is_styled() -> bool {
    anstream::stderr().current_choice() != anstream::ColorChoice::Never
}
