//! Panics as data: one odd document must not end a run over thousands.
//!
//! [`catch`] turns a panic into its message. What the default hook would print goes to the log instead, at debug level
//! and with its place, since the reject that follows tells the user what they need.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; gives the message of its panic as the error.
///
/// Only panics on the calling thread are kept quiet. What `work` was changing when it panicked must not be used
/// afterwards.
///
/// # Errors
/// The panic's message.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    install_hook();
    let before = CATCHING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(before);
    result.map_err(|payload| {
        payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned())
    })
}

fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let default_hook = take_hook();
        set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if CATCHING.get() {
                tracing::debug!("caught a panic: {info}");
            } else {
                default_hook(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(catch(|| 7), Ok(7));
        assert_eq!(catch(|| -> u8 { panic!("plain") }), Err("plain".to_owned()));
        assert_eq!(catch(|| -> u8 { panic!("row {}", 3) }), Err("row 3".to_owned()));
        assert_eq!(
            catch(|| -> u8 { std::panic::panic_any(5) }),
            Err("no message".to_owned())
        );
    }

    #[test]
    fn catches_nest() {
        let outer = catch(|| {
            assert_eq!(catch(|| -> u8 { panic!("inner") }), Err("inner".to_owned()));
            panic!("outer")
        });
        assert_eq!(outer, Err::<(), _>("outer".to_owned()));
    }
}
