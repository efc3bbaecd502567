//! The program: arguments in, plans drawn, exit codes out.
