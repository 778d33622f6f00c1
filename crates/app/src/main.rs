//! The command line. See `nastavnik --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    nastavnik::cli::run()
}
