use tidegate_source::Span;

use super::TemplateError;
use super::lex::{Piece, Token, TokenKind, pieces};

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Text(String),
    Print(Pipe),
    /// `{{ $x := … }}` (new) or `{{ $x = … }}`; prints nothing.
    Set {
        name: String,
        new: bool,
        pipe: Pipe,
    },
    If {
        test: Binding,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    With {
        test: Binding,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Range {
        over: Binding,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Break,
    Continue,
}

/// A pipeline, whose value may be given names first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Binding {
    /// None, `$element`, or `$index, $element`.
    pub(super) names: Vec<String>,
    pub(super) pipe: Pipe,
}

/// Commands, each given the value of the one before as its last argument.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pipe {
    pub(super) commands: Vec<Command>,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Command {
    pub(super) head: Operand,
    pub(super) arguments: Vec<Operand>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Operand {
    pub(super) kind: OperandKind,
    /// Fields read from it, one after the other.
    pub(super) fields: Vec<String>,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum OperandKind {
    Dot,
    Variable(String),
    Text(String),
    Int(i64),
    Bool(bool),
    Nil,
    Function(String),
    Group(Box<Pipe>),
}

pub(super) const FUNCTIONS: [&str; 14] = [
    "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "index", "len", "print", "printf",
    "println",
];

/// Blocks and brackets may be nested this deep.
const DEPTH: usize = 64;

pub(super) fn parse(text: &str) -> Result<Vec<Node>, TemplateError> {
    let pieces = pieces(text)?;
    let end = Span::from_range(text.len()..text.len());
    let mut parser = Parser { pieces: pieces.into_iter(), depth: 0, loops: 0, end };
    let (body, stop) = parser.block()?;
    match stop {
        Stop::Finished => Ok(body),
        Stop::End(span) => Err(TemplateError::new("`end` without a block", span)),
        Stop::Else(_, span) => Err(TemplateError::new("`else` without a block", span)),
    }
}

struct Parser {
    pieces: std::vec::IntoIter<Piece>,
    depth: usize,
    loops: usize,
    end: Span,
}

/// What ended a list of nodes.
enum Stop {
    Finished,
    End(Span),
    /// `else`, with the tokens of an `if` or `with` behind it.
    Else(Vec<Token>, Span),
}

impl Parser {
    fn block(&mut self) -> Result<(Vec<Node>, Stop), TemplateError> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next() {
            let (tokens, span) = match piece {
                Piece::Text(text) => {
                    nodes.push(Node::Text(text));
                    continue;
                }
                Piece::Action(tokens, span) => (tokens, span),
            };
            let keyword = match tokens.first().map(|it| &it.kind) {
                Some(TokenKind::Word(word)) => word.clone(),
                _ => String::new(),
            };
            let rest = tokens.get(1..).unwrap_or_default();
            match keyword.as_str() {
                "end" => return Ok((nodes, Stop::End(span))),
                "else" => return Ok((nodes, Stop::Else(rest.to_vec(), span))),
                "if" | "with" | "range" => nodes.push(self.branch(&keyword, rest, span)?),
                "break" | "continue" if self.loops == 0 => {
                    return Err(TemplateError::new(
                        format!("`{keyword}` outside of a range"),
                        span,
                    ));
                }
                "break" => nodes.push(Node::Break),
                "continue" => nodes.push(Node::Continue),
                "template" | "define" | "block" => {
                    let message =
                        format!("`{keyword}`: templates that use others are not supported");
                    return Err(TemplateError::new(message, span));
                }
                _ => nodes.push(statement(&tokens, span)?),
            }
        }
        Ok((nodes, Stop::Finished))
    }

    fn branch(
        &mut self,
        keyword: &str,
        tokens: &[Token],
        span: Span,
    ) -> Result<Node, TemplateError> {
        if self.depth == DEPTH {
            return Err(TemplateError::new("blocks are nested too deeply", span));
        }
        self.depth += 1;
        self.loops += usize::from(keyword == "range");
        let test = binding(tokens, span, keyword == "range")?;
        let (then, stop) = self.block()?;
        self.loops -= usize::from(keyword == "range");
        let otherwise = match stop {
            Stop::End(_) => Vec::new(),
            Stop::Else(tokens, span) => self.otherwise(keyword, &tokens, span)?,
            Stop::Finished => {
                let message = format!("`{keyword}` has no `end`");
                return Err(TemplateError::new(message, Span::new(span.start, self.end.end)));
            }
        };
        self.depth -= 1;
        Ok(match keyword {
            "if" => Node::If { test, then, otherwise },
            "with" => Node::With { test, then, otherwise },
            _ => Node::Range { over: test, body: then, otherwise },
        })
    }

    /// `else` and what follows; `else if` is an `if` of its own that shares the `end`.
    fn otherwise(
        &mut self,
        keyword: &str,
        tokens: &[Token],
        span: Span,
    ) -> Result<Vec<Node>, TemplateError> {
        match tokens.first().map(|it| &it.kind) {
            None => match self.block()? {
                (nodes, Stop::End(_)) => Ok(nodes),
                (_, Stop::Else(_, span)) => Err(TemplateError::new("a second `else`", span)),
                (_, Stop::Finished) => Err(TemplateError::new("`else` has no `end`", span)),
            },
            Some(TokenKind::Word(word)) if word == keyword && keyword != "range" => {
                Ok(vec![self.branch(keyword, &tokens[1..], span)?])
            }
            Some(_) => Err(TemplateError::new(format!("`else` of a `{keyword}` ends there"), span)),
        }
    }
}

/// An action that is no keyword: a value to print, or a variable to set.
fn statement(tokens: &[Token], span: Span) -> Result<Node, TemplateError> {
    if let [
        Token { kind: TokenKind::Variable(name), .. },
        Token { kind: TokenKind::Mark { mark: mark @ (':' | '='), .. }, .. },
        rest @ ..,
    ] = tokens
    {
        let pipe = pipe(rest, span)?;
        return Ok(Node::Set { name: name.clone(), new: *mark == ':', pipe });
    }
    Ok(Node::Print(pipe(tokens, span)?))
}

fn binding(tokens: &[Token], span: Span, two: bool) -> Result<Binding, TemplateError> {
    let mark = |token: Option<&Token>, wanted: char| matches!(token.map(|it| &it.kind), Some(TokenKind::Mark { mark, .. }) if *mark == wanted);
    let name = |token: Option<&Token>| match token.map(|it| &it.kind) {
        Some(TokenKind::Variable(name)) => Some(name.clone()),
        _ => None,
    };
    let names: Vec<String> = match (name(tokens.first()), name(tokens.get(2))) {
        (Some(one), _) if mark(tokens.get(1), ':') => vec![one],
        (Some(one), Some(other)) if two && mark(tokens.get(1), ',') && mark(tokens.get(3), ':') => {
            vec![one, other]
        }
        _ => Vec::new(),
    };
    let pipe = pipe(&tokens[names.len() * 2..], span)?;
    Ok(Binding { names, pipe })
}

fn pipe(tokens: &[Token], span: Span) -> Result<Pipe, TemplateError> {
    let mut reader = Reader { tokens, at: 0, span };
    let pipe = reader.pipe(0)?;
    match reader.peek() {
        None => Ok(pipe),
        Some(extra) => Err(TemplateError::new("unexpected in a pipeline", extra.span)),
    }
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    span: Span,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn pipe(&mut self, depth: usize) -> Result<Pipe, TemplateError> {
        if depth > DEPTH {
            return Err(TemplateError::new("brackets are nested too deeply", self.span));
        }
        let mut commands: Vec<Command> = Vec::new();
        loop {
            let mut operands = Vec::new();
            while let Some(operand) = self.operand(depth)? {
                operands.push(operand);
            }
            let mut operands = operands.into_iter();
            let Some(head) = operands.next() else {
                return Err(TemplateError::new("missing value", self.span));
            };
            let arguments: Vec<Operand> = operands.collect();
            let callable = matches!(head.kind, OperandKind::Function(_));
            if !callable && (!arguments.is_empty() || !commands.is_empty()) {
                return Err(TemplateError::new("only a function takes arguments", head.span));
            }
            commands.push(Command { head, arguments });
            match self.peek().map(|it| &it.kind) {
                Some(TokenKind::Mark { mark: '|', .. }) => self.at += 1,
                _ => return Ok(Pipe { commands, span: self.span }),
            }
        }
    }

    fn operand(&mut self, depth: usize) -> Result<Option<Operand>, TemplateError> {
        let Some(token) = self.peek().cloned() else { return Ok(None) };
        let mut fields = Vec::new();
        let kind = match token.kind {
            TokenKind::Mark { mark: '(', .. } => {
                self.at += 1;
                let pipe = self.pipe(depth + 1)?;
                match self.peek().map(|it| &it.kind) {
                    Some(TokenKind::Mark { mark: ')', .. }) => OperandKind::Group(Box::new(pipe)),
                    _ => return Err(TemplateError::new("bracket is not closed", token.span)),
                }
            }
            TokenKind::Mark { .. } => return Ok(None),
            TokenKind::Dot => OperandKind::Dot,
            TokenKind::Field { name, .. } => {
                fields.push(name);
                OperandKind::Dot
            }
            TokenKind::Variable(name) => OperandKind::Variable(name),
            TokenKind::Text(text) => OperandKind::Text(text),
            TokenKind::Int(number) => OperandKind::Int(number),
            TokenKind::Word(word) => match word.as_str() {
                "true" | "false" => OperandKind::Bool(word == "true"),
                "nil" => OperandKind::Nil,
                it if FUNCTIONS.contains(&it) => OperandKind::Function(word),
                _ => {
                    let message = format!("function `{word}` is not known");
                    return Err(TemplateError::new(message, token.span));
                }
            },
        };
        self.at += 1;
        while let Some(Token { kind: TokenKind::Field { name, glued: true }, .. }) = self.peek() {
            fields.push(name.clone());
            self.at += 1;
        }
        Ok(Some(Operand { kind, fields, span: token.span }))
    }
}
