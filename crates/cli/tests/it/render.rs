//! `render` on the command line.
