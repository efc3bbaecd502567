//! The program as a user runs it: command lines in, exit codes, output and the state of every place out.
#![allow(clippy::disallowed_methods, reason = "tests run the program and read what it wrote")]

mod commands;
mod findings;
mod harness;
mod jobs;
mod places;
mod reach;
mod readme;
mod refusals;
mod render;
mod road;
mod tomoda;
