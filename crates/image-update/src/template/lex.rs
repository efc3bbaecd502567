use tidegate_source::Span;

use super::TemplateError;

/// A piece of a template: text between actions, or an action's inside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text(String),
    Action(Vec<Token>, Span),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// A keyword, `true`, `false`, `nil`, or the name of a function.
    Word(String),
    /// `.`, alone.
    Dot,
    /// `.Name`; whether a blank stands before decides if it belongs to what came before.
    Field {
        name: String,
        glued: bool,
    },
    /// `$` or `$name`.
    Variable(String),
    Text(String),
    Int(i64),
    /// `|`, `(`, `)`, `,`, `=`; `:=` is `:`.
    Mark {
        mark: char,
        glued: bool,
    },
}

/// Cuts a template into text and actions; trim marks and comments are gone afterwards.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut trim_start = false;
    loop {
        let rest = &text[at..];
        let open = rest.find("{{");
        let mut plain = &rest[..open.unwrap_or(rest.len())];
        if trim_start {
            plain = plain.trim_start_matches(BLANKS);
        }
        let Some(open) = open.map(|offset| at + offset) else {
            push_text(&mut pieces, plain);
            return Ok(pieces);
        };
        let inside = open + 2;
        let trim_end = text[inside..].starts_with('-') && text[inside + 1..].starts_with(BLANKS);
        if trim_end {
            plain = plain.trim_end_matches(BLANKS);
        }
        push_text(&mut pieces, plain);
        let start = inside + usize::from(trim_end);
        let (tokens, close) = action(text, open, start)?;
        trim_start = text[..close].ends_with('-') && text[..close - 1].ends_with(BLANKS);
        at = close + 2;
        if let Some(tokens) = tokens {
            pieces.push(Piece::Action(tokens, Span::from_range(open..at)));
        }
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Reads an action from behind its opening; returns its tokens (`None` for a comment) and the offset of `}}`.
fn action(
    text: &str,
    open: usize,
    start: usize,
) -> Result<(Option<Vec<Token>>, usize), TemplateError> {
    let unclosed =
        || TemplateError::new("action is not closed", Span::from_range(open..text.len()));
    let body = text[start..].trim_start_matches(BLANKS);
    if body.starts_with("/*") {
        let end = start + text[start..].find("*/").ok_or_else(unclosed)? + 2;
        let close = end + text[end..].find("}}").ok_or_else(unclosed)?;
        let between = text[end..close].trim_matches(BLANKS);
        return if between.is_empty() || between == "-" {
            Ok((None, close))
        } else {
            Err(TemplateError::new(
                "comment ends before the action does",
                Span::from_range(end..close),
            ))
        };
    }
    let mut tokens = Vec::new();
    let mut at = start;
    loop {
        let rest = &text[at..];
        let first = rest.chars().next().ok_or_else(unclosed)?;
        let closing =
            rest.starts_with("}}") || rest.starts_with("-}}") && text[..at].ends_with(BLANKS);
        if closing {
            let close = at + rest.find("}}").ok_or_else(unclosed)?;
            return Ok((Some(tokens), close));
        }
        if BLANKS.contains(&first) {
            at += 1;
            continue;
        }
        let glued = at > start && !text[..at].ends_with(BLANKS);
        let (kind, length) = token(rest, glued).map_err(|message| {
            TemplateError::new(message, Span::from_range(at..at + first.len_utf8()))
        })?;
        tokens.push(Token { kind, span: Span::from_range(at..at + length) });
        at += length;
    }
}

fn token(rest: &str, glued: bool) -> Result<(TokenKind, usize), String> {
    let word = |from: usize| {
        let name = |it: char| it.is_alphanumeric() || it == '_';
        from + rest[from..].find(|it| !name(it)).unwrap_or(rest.len() - from)
    };
    let first = rest.chars().next().unwrap_or_default();
    Ok(match first {
        '.' => match word(1) {
            1 => (TokenKind::Dot, 1),
            end => (TokenKind::Field { name: rest[1..end].to_owned(), glued }, end),
        },
        '$' => {
            let end = word(1);
            (TokenKind::Variable(rest[..end].to_owned()), end)
        }
        '"' => quoted(rest)?,
        '`' => {
            let end = rest[1..].find('`').ok_or("raw text is not closed")? + 1;
            (TokenKind::Text(rest[1..end].to_owned()), end + 1)
        }
        ':' if rest.starts_with(":=") => (TokenKind::Mark { mark: ':', glued }, 2),
        '|' | '(' | ')' | ',' | '=' => (TokenKind::Mark { mark: first, glued }, 1),
        '0'..='9' | '-' | '+' => {
            let end = word(1);
            let number = rest[..end].parse().map_err(|_| "not a whole number".to_owned())?;
            (TokenKind::Int(number), end)
        }
        it if it.is_alphabetic() || it == '_' => {
            let end = word(0);
            (TokenKind::Word(rest[..end].to_owned()), end)
        }
        other => return Err(format!("unexpected {other:?} in an action")),
    })
}

/// Reads a text in double quotes with Go's escapes.
fn quoted(rest: &str) -> Result<(TokenKind, usize), String> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, it)) = chars.next() {
        match it {
            '"' => return Ok((TokenKind::Text(text), at + 1)),
            '\n' => break,
            '\\' => {
                let (_, escape) = chars.next().ok_or("text is not closed")?;
                let digits = match escape {
                    'n' => {
                        text.push('\n');
                        0
                    }
                    't' => {
                        text.push('\t');
                        0
                    }
                    'r' => {
                        text.push('\r');
                        0
                    }
                    '\\' | '"' => {
                        text.push(escape);
                        0
                    }
                    'u' => 4,
                    'U' => 8,
                    other => return Err(format!("unknown escape \\{other}")),
                };
                if digits > 0 {
                    let code: String = chars.by_ref().take(digits).map(|(_, it)| it).collect();
                    let read = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                    text.push(read.ok_or_else(|| format!("\\{escape}{code} is no character"))?);
                }
            }
            it => text.push(it),
        }
    }
    Err("text is not closed".to_owned())
}
