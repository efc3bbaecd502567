//! The patterns of bash: `*` any text, `?` one character, `[…]` one of some, `\` takes a meaning away.

/// One element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    Any,
    One,
    Literal(char),
    Class { negated: bool, ranges: Vec<(char, char)> },
}

/// A pattern as `${NAME#pattern}` and its kin take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    elements: Vec<Element>,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let mut chars: Vec<char> = text.chars().rev().collect();
        let mut elements = Vec::new();
        while let Some(c) = chars.pop() {
            elements.push(match c {
                '*' => Element::Any,
                '?' => Element::One,
                '\\' => Element::Literal(chars.pop().unwrap_or('\\')),
                '[' => match class(&chars) {
                    Some((class, taken)) => {
                        chars.truncate(chars.len() - taken);
                        class
                    }
                    None => Element::Literal('['),
                },
                other => Element::Literal(other),
            });
        }
        elements.dedup_by(|a, b| *a == Element::Any && *b == Element::Any);
        Self { elements }
    }

    /// Returns whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Returns the lengths of the beginnings of a text that match, shortest first.
    pub(super) fn prefixes(&self, text: &[char]) -> Vec<usize> {
        let mut reached = vec![false; self.elements.len() + 1];
        reached[0] = true;
        self.close(&mut reached);
        let mut lengths = Vec::new();
        for length in 0..=text.len() {
            if reached[self.elements.len()] {
                lengths.push(length);
            }
            let Some(c) = text.get(length) else { break };
            let mut next = vec![false; self.elements.len() + 1];
            for (at, element) in self.elements.iter().enumerate().filter(|(at, _)| reached[*at]) {
                match element {
                    Element::Any => next[at] = true,
                    element if element.takes(*c) => next[at + 1] = true,
                    _ => {}
                }
            }
            self.close(&mut next);
            reached = next;
        }
        lengths
    }

    /// Returns whether the whole text matches.
    pub(super) fn matches(&self, text: &[char]) -> bool {
        self.prefixes(text).last() == Some(&text.len())
    }

    /// A star may match nothing.
    fn close(&self, reached: &mut [bool]) {
        for (at, element) in self.elements.iter().enumerate() {
            reached[at + 1] |= reached[at] && *element == Element::Any;
        }
    }
}

impl Element {
    fn takes(&self, c: char) -> bool {
        match self {
            Self::Any | Self::One => true,
            Self::Literal(it) => *it == c,
            Self::Class { negated, ranges } => {
                ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *negated
            }
        }
    }
}

/// Reads a class from the characters behind its `[`, last one first; tells how many it took.
fn class(reversed: &[char]) -> Option<(Element, usize)> {
    let mut rest = reversed.iter().rev().copied().peekable();
    let mut taken = 0;
    let negated = matches!(rest.peek(), Some('!' | '^'));
    if negated {
        rest.next();
        taken += 1;
    }
    let mut ranges = Vec::new();
    loop {
        let mut c = rest.next()?;
        taken += 1;
        if c == ']' && !ranges.is_empty() {
            return Some((Element::Class { negated, ranges }, taken));
        }
        if c == '\\' {
            c = rest.next()?;
            taken += 1;
        }
        let mut ahead = rest.clone();
        if let (Some('-'), Some(to)) = (ahead.next(), ahead.next())
            && to != ']'
        {
            rest = ahead;
            taken += 2;
            ranges.push((c, to));
        } else {
            ranges.push((c, c));
        }
    }
}
