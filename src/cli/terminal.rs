//! The one place that prints. Text comes with terminal styles; they are dropped where nobody would see them.

use std::env;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Prints to standard output. A reader that has gone away (`parc-etl schema | head`) is no error.
///
/// # Errors
/// When the output cannot be written, for instance to a full disk.
pub fn print(text: &str) -> io::Result<()> {
    ignore_closed_pipe(write_and_flush(anstream::stdout().lock(), text))
}

/// Prints a line to standard error. There is nowhere left to report that this failed.
pub fn print_error(text: &str) {
    let _ = write_and_flush(anstream::stderr().lock(), &format!("{text}\n"));
}

/// Whether styles reach the reader of standard output.
pub fn is_styled() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Columns of the terminal, as far as text in them is still pleasant to read; 100 where there is no terminal.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).clamp(40, 120))
}

/// A path as the user would type it: from the current folder where it lies below that.
pub fn shown(path: &Path) -> String {
    let current_dir = env::current_dir().unwrap_or_default();
    let from_here = path.strip_prefix(current_dir).unwrap_or(path);
    from_here.display().to_string()
}

/// `text` as a heading of its kind, such as a red `error:`.
pub fn label(style: anstyle::Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The style of `error:`.
pub const ERROR: anstyle::Style = anstyle::AnsiColor::BrightRed.on_default().bold();
/// The style of `warning:`.
pub const WARNING: anstyle::Style = anstyle::AnsiColor::Yellow.on_default().bold();
/// The style of `help:`.
pub const HELP: anstyle::Style = anstyle::AnsiColor::BrightCyan.on_default().bold();

fn write_and_flush(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn ignore_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
