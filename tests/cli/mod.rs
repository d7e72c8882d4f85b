//! The command line as a user meets it: each `.md` file here is a session that is played and compared. Where the output
//! changes on purpose, `TRYCMD=overwrite cargo test --release cli` writes the new one; look at the diff.

#[test]
fn sessions_print_what_they_say() {
    trycmd::TestCases::new().case("tests/cli/*.md");
}
