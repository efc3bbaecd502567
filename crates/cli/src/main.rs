//! The `tidegate` program.

fn main() -> std::process::ExitCode {
    tidegate::run(std::env::args_os())
}
