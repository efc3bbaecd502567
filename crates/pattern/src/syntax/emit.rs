/// Writes the translated pattern and knows what a repetition would apply to.
pub(super) struct Emitter {
    text: String,
    groups: Vec<Group>,
    max_depth: usize,
}

/// A group that is open; the first is the whole pattern.
struct Group {
    /// Where it begins in the text.
    start: usize,
    /// What a repetition here would apply to.
    last: Option<Atom>,
    /// The greatest product of nested repetition counts in it.
    weight: u32,
}

/// The last thing written that can be repeated.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    start: usize,
    end: usize,
    repeated: bool,
    /// The greatest product of nested repetition counts in it.
    pub(super) weight: u32,
}

impl Emitter {
    pub(super) fn new(max_depth: usize) -> Self {
        let whole = Group { start: 0, last: None, weight: 1 };
        Self { text: String::new(), groups: vec![whole], max_depth }
    }

    /// Returns the text, unless a group is still open.
    pub(super) fn finish(self) -> Option<String> {
        (self.groups.len() == 1).then_some(self.text)
    }

    pub(super) fn literal(&mut self, c: char) {
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer);
        let start = self.text.len();
        // Not `<` and `>`: with a backslash they are the ends of words in Rust.
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            self.text.push('\\');
        }
        self.text.push_str(text);
        self.push_atom(start, 1);
    }

    pub(super) fn atom(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.push_atom(start, 1);
    }

    fn push_atom(&mut self, start: usize, weight: u32) {
        let end = self.text.len();
        let group = self.group();
        group.last = Some(Atom { start, end, repeated: false, weight });
        group.weight = group.weight.max(weight);
    }

    fn group(&mut self) -> &mut Group {
        self.groups.last_mut().expect("the whole pattern is never closed")
    }

    /// Opens a group; `None` when groups nest too deep.
    pub(super) fn open(&mut self, text: &str) -> Option<()> {
        if self.groups.len() > self.max_depth {
            return None;
        }
        self.groups.push(Group { start: self.text.len(), last: None, weight: 1 });
        self.text.push_str(text);
        Some(())
    }

    /// Closes a group; `None` when none is open.
    pub(super) fn close(&mut self) -> Option<()> {
        if self.groups.len() == 1 {
            return None;
        }
        let group = self.groups.pop()?;
        self.text.push(')');
        self.push_atom(group.start, group.weight);
        Some(())
    }

    pub(super) fn alternative(&mut self) {
        self.text.push('|');
        self.group().last = None;
    }

    /// Sets flags for the rest of the group. What stands before can still be repeated, strange as it looks.
    pub(super) fn set_flags(&mut self, flags: &str) {
        if !flags.is_empty() {
            self.text.push_str("(?");
            self.text.push_str(flags);
            self.text.push(')');
        }
    }

    /// Returns what a repetition here would apply to.
    pub(super) fn last(&mut self) -> Option<Atom> {
        self.group().last
    }

    /// Repeats the last atom. `weight` is its weight afterwards.
    pub(super) fn repeat(&mut self, atom: Atom, operator: &str, weight: u32) {
        if atom.repeated {
            // Two operators in a row would mean something else.
            self.text.insert(atom.end, ')');
            self.text.insert_str(atom.start, "(?:");
        }
        let end = atom.end + if atom.repeated { "(?:)".len() } else { 0 };
        self.text.insert_str(end, operator);
        let group = self.group();
        group.last = Some(Atom { end: end + operator.len(), repeated: true, weight, ..atom });
        group.weight = group.weight.max(weight);
    }
}
