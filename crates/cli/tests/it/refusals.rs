//! Bad input: the place and the mend, and nothing changed.
