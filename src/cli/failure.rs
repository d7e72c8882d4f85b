//! What is printed when a command could not be done: the error, its causes, what to do next.

use std::io;
use std::process::ExitCode;

use parc_etl::config::{Problems, Severity};
use parc_etl::exec::RunError;

use super::log::LogFormat;
use super::terminal::{ERROR, HELP, label, print_error};

/// A command that could not be done.
#[derive(Debug)]
pub struct Failure {
    error: anyhow::Error,
    log_format: LogFormat,
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure {
            error,
            log_format: LogFormat::Text,
        }
    }
}

impl Failure {
    /// An error to be reported in the format of the log.
    pub fn logged(error: anyhow::Error, log_format: LogFormat) -> Failure {
        Failure { error, log_format }
    }

    /// Tells the user and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self.log_format {
            LogFormat::Text => self.report_text(),
            LogFormat::Json => self.report_json(),
        }
        ExitCode::from(2)
    }

    fn report_text(&self) {
        if let Some(problems) = self.error.downcast_ref::<Problems>() {
            print_error(&problems.render(true));
            if !self.is_about_the_whole_file() {
                print_error(&format!("\n{} {}", label(ERROR, "error:"), self.headline()));
            }
            return;
        }
        print_error(&format!("{} {}", label(ERROR, "error:"), self.headline()));
        for cause in self.causes() {
            print_error(&format!("  caused by: {cause}"));
        }
        if let Some(next_step) = next_step(&self.error) {
            print_error(&format!("{} {next_step}", label(HELP, "help:")));
        }
    }

    fn report_json(&self) {
        if let Some(problems) = self.error.downcast_ref::<Problems>() {
            log_problems(problems);
            if self.is_about_the_whole_file() {
                return;
            }
        }
        let causes = self.causes();
        let causes = (!causes.is_empty()).then(|| causes.join(": "));
        tracing::error!(causes, help = next_step(&self.error), "{}", self.headline());
    }

    /// What led to the error, without what the headline or an earlier cause says already.
    fn causes(&self) -> Vec<String> {
        let mut said = vec![self.headline()];
        for cause in self.error.chain().skip(1).map(ToString::to_string) {
            if !said.iter().any(|text| text.contains(&cause)) {
                said.push(cause);
            }
        }
        said.split_off(1)
    }

    /// A pipeline file that cannot be read: there are no mistakes in it to count.
    fn is_about_the_whole_file(&self) -> bool {
        let problems = self.error.downcast_ref::<Problems>();
        problems.is_some_and(|problems| problems.iter().all(|problem| problem.span.is_none()))
    }

    fn headline(&self) -> String {
        let Some(problems) = self.error.downcast_ref::<Problems>() else {
            return self.error.to_string();
        };
        let file = problems.path().display();
        match problems.count(Severity::Error) {
            1 => format!("one mistake in {file}; nothing was read or written"),
            count => format!("{count} mistakes in {file}; nothing was read or written"),
        }
    }
}

/// Writes each problem of a pipeline file to the log.
pub fn log_problems(problems: &Problems) {
    for problem in problems.iter() {
        let (line, column) = problems.position(problem).unzip();
        let (file, help) = (problems.file_of(problem).0.display().to_string(), &problem.hint);
        match problem.severity {
            Severity::Error => tracing::error!(file, line, column, help, "{}", problem.message),
            Severity::Warning => tracing::warn!(file, line, column, help, "{}", problem.message),
        }
    }
}

/// What the user can do about an error.
fn next_step(error: &anyhow::Error) -> Option<String> {
    let is_permission_error = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::PermissionDenied);
    if is_permission_error {
        return Some("check who owns the file or folder and its permissions".to_owned());
    }
    match error.downcast_ref::<RunError>()? {
        RunError::NoInput { .. } => Some("correct `ingest.inputs` or give other files with --input".to_owned()),
        RunError::Interrupted => Some("start the same command again; it begins anew".to_owned()),
        RunError::Busy { .. } => Some("wait for it, or write elsewhere with --output DIR".to_owned()),
        RunError::ForeignFile { .. } => Some("write elsewhere with --output DIR".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_once() {
        let error = anyhow::anyhow!("disk full")
            .context("cannot write x: disk full")
            .context("no tables");
        assert_eq!(Failure::from(error).causes(), ["cannot write x: disk full"]);
    }

    #[test]
    fn a_permission_error_deep_inside_is_explained() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let error = anyhow::Error::new(denied).context("cannot write output/meetings.csv");
        assert!(next_step(&error).is_some_and(|step| step.contains("permissions")));
        assert_eq!(next_step(&anyhow::anyhow!("something else")), None);
    }
}
