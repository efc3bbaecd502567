//! Patterns as Go reads them: RE2 syntax, path.Match and glob dialects.
