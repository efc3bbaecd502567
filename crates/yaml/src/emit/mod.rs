//! Printing in the layout of sigs.k8s.io/yaml: go-yaml v2's `encode.go` and `emitterc.go`.

mod analysis;
mod scalar;

use std::fmt;

use self::analysis::Form;
pub(crate) use self::analysis::{has_ends_of_word, is_word};
use crate::float::{format_float, json_float};
use crate::resolve::{Scalar, resolve, resolve_yaml11};

/// What a level of nesting indents by.
const INDENT: usize = 2;

/// The column behind which go-yaml folds.
const WIDTH: usize = 80;

/// Keys longer than this, in bytes, are written behind `? `.
const SIMPLE_KEY: usize = 128;

/// Why a value can't be printed: go-yaml could not read its JSON back.
///
/// ```
/// use tidegate_yaml::{EmitError, Emitter};
///
/// let mut out = String::new();
/// let mut emitter = Emitter::new(&mut out);
/// emitter.string("\u{7f}");
/// assert_eq!(emitter.finish(), Err(EmitError::ControlCharacter('\u{7f}')));
/// assert_eq!(EmitError::KeyTooLong.to_string(), "mapping key exceeds 1024 characters");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmitError {
    /// A string with a character that JSON does not escape and go-yaml refuses in its text: U+007F to U+009F
    /// except U+0085, U+FFFE and U+FFFF.
    ControlCharacter(char),
    /// A number that JSON can't hold.
    NotFinite,
    /// A key with U+0085, which breaks the line of its JSON text.
    KeyLineBreak,
    /// A key too long to be one for go-yaml: its JSON text has more than 1,024 characters.
    KeyTooLong,
    /// More levels than [`crate::MAX_DEPTH`].
    TooDeep,
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlCharacter(c) => {
                write!(f, "control characters are not allowed: U+{:04X}", u32::from(*c))
            }
            Self::NotFinite => f.write_str("unsupported value: JSON has no infinite numbers"),
            Self::KeyLineBreak => f.write_str("mapping key holds a line break U+0085"),
            Self::KeyTooLong => f.write_str("mapping key exceeds 1024 characters"),
            Self::TooDeep => f.write_str("exceeded max depth of 10000"),
        }
    }
}

impl std::error::Error for EmitError {}

/// What surrounds the node that is written next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Frame {
    is_map: bool,
    /// Column of its keys or dashes.
    indent: usize,
    /// Nothing of it has been written yet.
    empty: bool,
}

/// Writes values in the layout of sigs.k8s.io/yaml.
///
/// The caller walks its own tree and keeps the order of the keys; [`natural_order`](crate::natural_order) is the one
/// that go-yaml prints. Calls that do not nest (a value in a mapping without its key) print something that is not what
/// was meant, and never panic.
///
/// ```
/// use tidegate_yaml::Emitter;
///
/// let mut out = String::new();
/// let mut emitter = Emitter::new(&mut out);
/// emitter.begin_map();
/// emitter.key("args");
/// emitter.begin_list();
/// emitter.string("yes");
/// emitter.string("a: b");
/// emitter.int(8080);
/// emitter.end_list();
/// emitter.key("empty");
/// emitter.begin_map();
/// emitter.end_map();
/// emitter.end_map();
/// emitter.end_document();
/// emitter.finish()?;
/// assert_eq!(out, "args:\n- \"yes\"\n- 'a: b'\n- 8080\nempty: {}\n");
/// # Ok::<(), tidegate_yaml::EmitError>(())
/// ```
#[derive(Debug)]
pub struct Emitter<'o> {
    out: &'o mut String,
    frames: Vec<Frame>,
    /// Where the current line begins in `out`.
    line: usize,
    /// The cursor stands where a nested collection goes on in the same line: at the root, behind `-`, or behind the
    /// `:` of a key that was written with `?`.
    inline: bool,
    documents: usize,
    in_document: bool,
    error: Option<EmitError>,
}

impl<'o> Emitter<'o> {
    /// Creates an emitter that appends to a string.
    #[must_use]
    pub fn new(out: &'o mut String) -> Self {
        let line = out.rfind('\n').map_or(0, |at| at + 1);
        Self {
            out,
            frames: Vec::new(),
            line,
            inline: true,
            documents: 0,
            in_document: false,
            error: None,
        }
    }

    /// Begins a mapping.
    pub fn begin_map(&mut self) {
        self.begin_node();
        let indent = self.frames.last().map_or(0, |it| it.indent + INDENT);
        self.push(Frame { is_map: true, indent, empty: true });
    }

    /// Writes the key of the next value.
    pub fn key(&mut self, key: &str) {
        let Some(frame) = self.frames.last_mut() else { return };
        let indent = frame.indent;
        let first = std::mem::replace(&mut frame.empty, false);
        self.open_line(indent, first);
        self.write_key(key, indent);
    }

    /// Writes a key of the innermost mapping that [is a word](crate::Node::word): as it stands.
    ///
    /// ```
    /// use tidegate_yaml::{Emitter, Stream};
    ///
    /// let stream = Stream::parse("kind: Service\n")?;
    /// let mut out = String::new();
    /// let mut emitter = Emitter::new(&mut out);
    /// emitter.begin_map();
    /// for (key, value) in stream.root().into_iter().flat_map(|it| it.entries()) {
    ///     if let (Some(key), Some(value)) = (key.word(), value.word()) {
    ///         emitter.word_key(key.of(stream.text()));
    ///         emitter.word(value.of(stream.text()));
    ///     }
    /// }
    /// emitter.end_map();
    /// emitter.finish()?;
    /// assert_eq!(out, "kind: Service\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn word_key(&mut self, key: &str) {
        if key.len() > SIMPLE_KEY {
            return self.key(key);
        }
        debug_assert!(is_word(key), "a word");
        let Some(frame) = self.frames.last_mut() else { return };
        let indent = frame.indent;
        let first = std::mem::replace(&mut frame.empty, false);
        self.open_line(indent, first);
        self.out.push_str(key);
        self.out.push(':');
    }

    /// Ends the mapping.
    pub fn end_map(&mut self) {
        self.end_collection("{}");
    }

    /// Begins a list.
    pub fn begin_list(&mut self) {
        self.begin_node();
        // A list stands below its key without indentation of its own.
        let indent = match self.frames.last() {
            None => 0,
            Some(it) if it.is_map && !self.inline => it.indent,
            Some(it) => it.indent + INDENT,
        };
        self.push(Frame { is_map: false, indent, empty: true });
    }

    /// Ends the list.
    pub fn end_list(&mut self) {
        self.end_collection("[]");
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        self.begin_node();
        let indent = self.frames.last().map_or(0, |it| it.indent) + INDENT;
        self.space();
        let broken = self.write_string(text, indent);
        self.end_scalar(broken);
    }

    /// Writes a string that [is a word](crate::Node::word): as it stands, folded where it is long.
    pub fn word(&mut self, text: &str) {
        debug_assert!(is_word(text), "a word");
        self.begin_node();
        self.space();
        if self.may_fold(text) {
            let indent = self.frames.last().map_or(0, |it| it.indent) + INDENT;
            self.plain(text, indent);
        } else {
            self.out.push_str(text);
        }
        self.end_scalar(false);
    }

    /// Writes a whole number.
    pub fn int(&mut self, number: i64) {
        if number < 0 {
            self.bare(&number.to_string());
        } else {
            self.unsigned(number.unsigned_abs());
        }
    }

    /// Writes a whole number without a sign.
    pub fn unsigned(&mut self, number: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bare(std::str::from_utf8(&digits[at..]).unwrap_or("0"));
    }

    /// Writes a number as it comes out behind its JSON text: one without a fraction as a whole number, where 64 bits
    /// hold it.
    ///
    /// Numbers that JSON does not have are an error of [`Emitter::finish`], as they are one of kustomize.
    ///
    /// ```
    /// use tidegate_yaml::{EmitError, Emitter};
    ///
    /// let mut out = String::new();
    /// let mut emitter = Emitter::new(&mut out);
    /// emitter.begin_list();
    /// for number in [1.0, 0.5, 2_500_000.5, 1e20] {
    ///     emitter.float(number);
    /// }
    /// emitter.end_list();
    /// assert_eq!(emitter.finish(), Ok(()));
    /// assert_eq!(out, "- 1\n- 0.5\n- 2.5000005e+06\n- 1e+20\n");
    ///
    /// let mut emitter = Emitter::new(&mut out);
    /// emitter.float(f64::NAN);
    /// assert_eq!(emitter.finish(), Err(EmitError::NotFinite));
    /// ```
    pub fn float(&mut self, number: f64) {
        if !number.is_finite() {
            self.fail(EmitError::NotFinite);
            return self.null();
        }
        match resolve_yaml11(&json_float(number)) {
            Scalar::Int(number) => self.int(number),
            Scalar::Unsigned(number) => self.unsigned(number),
            _ => self.bare(&format_float(number)),
        }
    }

    /// Writes `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.bare(if value { "true" } else { "false" });
    }

    /// Writes `null`.
    ///
    /// ```
    /// use tidegate_yaml::Emitter;
    ///
    /// let mut out = String::new();
    /// let mut emitter = Emitter::new(&mut out);
    /// emitter.begin_list();
    /// emitter.bool(true);
    /// emitter.unsigned(u64::MAX);
    /// emitter.null();
    /// emitter.end_list();
    /// emitter.finish()?;
    /// assert_eq!(out, "- true\n- 18446744073709551615\n- null\n");
    /// # Ok::<(), tidegate_yaml::EmitError>(())
    /// ```
    pub fn null(&mut self) {
        self.bare("null");
    }

    /// Ends the document; what follows is a further one, behind a line `---`.
    pub fn end_document(&mut self) {
        self.frames.clear();
        self.inline = true;
        self.in_document = false;
    }

    /// Ends the printing.
    ///
    /// # Errors
    ///
    /// The first value that could not be printed; go-yaml fails at the same values. What was written is then not to
    /// be used.
    pub fn finish(self) -> Result<(), EmitError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn fail(&mut self, error: EmitError) {
        self.error.get_or_insert(error);
    }

    fn push(&mut self, frame: Frame) {
        if self.frames.len() >= crate::MAX_DEPTH {
            self.fail(EmitError::TooDeep);
        }
        self.frames.push(frame);
    }

    fn end_collection(&mut self, empty: &str) {
        if self.frames.pop().is_some_and(|it| it.empty) {
            self.space();
            self.out.push_str(empty);
            self.end_scalar(false);
        }
    }

    /// Writes what stands before a node: the separator of documents, the dash of an item.
    #[inline]
    fn begin_node(&mut self) {
        match self.frames.last_mut() {
            Some(Frame { is_map: false, indent, empty }) => {
                let indent = *indent;
                let first = std::mem::replace(empty, false);
                self.open_line(indent, first);
                self.out.push('-');
                self.inline = true;
            }
            Some(_) => {}
            None => {
                if !self.in_document && self.documents > 0 {
                    self.out.push_str("---");
                    self.newline();
                }
                self.documents += usize::from(!self.in_document);
                self.in_document = true;
            }
        }
    }

    /// Goes to the column of a key or a dash: in the line of the indicator around it, or on a line of its own.
    #[inline]
    fn open_line(&mut self, indent: usize, first: bool) {
        let inline = std::mem::replace(&mut self.inline, false);
        if first && inline {
            if self.frames.len() > 1 {
                self.out.push(' ');
            }
            return;
        }
        if first {
            self.newline();
        }
        indentation(self.out, indent);
    }

    #[inline]
    fn newline(&mut self) {
        self.out.push('\n');
        self.line = self.out.len();
    }

    /// The blank between `key:` or `-` and its value.
    #[inline]
    fn space(&mut self) {
        if !self.frames.is_empty() {
            self.out.push(' ');
        }
    }

    #[inline]
    fn bare(&mut self, text: &str) {
        self.begin_node();
        self.space();
        self.out.push_str(text);
        self.end_scalar(false);
    }

    /// `broken`: the scalar ended its line itself.
    #[inline]
    fn end_scalar(&mut self, broken: bool) {
        if !broken {
            self.newline();
        }
        self.inline = false;
    }
}

/// Writes blanks.
#[inline]
fn indentation(out: &mut String, width: usize) {
    const BLANKS: &str = "                                                                ";
    let mut rest = width;
    while rest > BLANKS.len() {
        out.push_str(BLANKS);
        rest -= BLANKS.len();
    }
    out.push_str(&BLANKS[..rest]);
}

/// Returns a string as one line of YAML: plain where that reads back, in quotes otherwise.
pub(crate) fn one_line(text: &str, flow: bool) -> String {
    let breaks_flow = flow && text.contains([',', '[', ']', '{', '}', '?']);
    let mut form = analysis::form(text, true);
    // Both readers must see a string: `0o-0` is a number to YAML 1.2 alone.
    let is_text = matches!(resolve(text.into(), true, None), Ok(Scalar::String(_)));
    if form == Form::Plain && (breaks_flow || !is_text) {
        form = Form::Single;
    }
    match form {
        Form::Plain => text.to_owned(),
        Form::Single => single_quoted(text).unwrap_or_else(|| double_quoted(text)),
        Form::Double | Form::Literal => double_quoted(text),
    }
}

/// Returns a string in single quotes, on one line; `None` where only escapes can hold it.
pub(crate) fn single_quoted(text: &str) -> Option<String> {
    let fits = |c| analysis::is_printable(c) && !matches!(c, '\n' | '\u{2028}' | '\u{2029}');
    text.chars().all(fits).then(|| format!("'{}'", text.replace('\'', "''")))
}

/// Returns a string in double quotes, on one line.
pub(crate) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    Emitter::new(&mut out).double(text, None);
    out
}

/// Returns whether a character may stand in a block scalar as it is.
pub(crate) fn is_plain_character(c: char) -> bool {
    analysis::is_printable(c) && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Returns whether go-yaml writes a string with line breaks as a block scalar.
pub(crate) fn may_be_block(text: &str) -> bool {
    !text.contains('\n') || analysis::form(text, false) == Form::Literal
}
