//! The command line: what an administrator does outside the browser.

mod args;
mod backup;
pub(crate) mod first;
mod open;
mod serve;
mod staff;
mod user;

use std::process::ExitCode;

use args::Command;

/// Reads the command line, carries the command out and returns the exit code: 0 done, 1 failed, 2 not understood.
pub fn run() -> ExitCode {
    let invocation = match args::parse(std::env::args_os()) {
        Ok(invocation) => invocation,
        Err(error) => {
            eprintln!("{error}\n\nСправка: nastavnik --help");
            return ExitCode::from(2);
        }
    };
    if invocation.command == Command::Help {
        print!("{}", args::HELP);
        return ExitCode::SUCCESS;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("Не удалось начать работу: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(carry_out(invocation)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Не выполнено: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(invocation: args::Invocation) -> anyhow::Result<()> {
    let options = invocation.options;
    match invocation.command {
        Command::Help => Ok(()),
        Command::Serve => serve::run(&options).await,
        Command::Migrate => {
            let app = open::app(&options).await?;
            println!("Схема базы готова: шаг {}", crate::kernel::migrate::current(&app.db).await?);
            Ok(())
        }
        Command::Demo => crate::demo::fill(&open::for_demo(&options).await?).await,
        Command::ImportStaff(file) => staff::import(&options, &file).await,
        Command::Backup(file) => backup::save(&options, &file).await,
        Command::Restore(file) => backup::restore(&options, &file).await,
        Command::UserLink(login) => user::link(&options, &login).await,
        Command::UserDisable(login) => user::disable(&options, &login).await,
        Command::UserList => user::list(&options).await,
    }
}
