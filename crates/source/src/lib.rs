//! A place in a text: spans, lines and columns, diagnostics as data.
