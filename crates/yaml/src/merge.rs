use std::collections::HashSet;

use crate::error::{Error, ErrorKind};
use crate::node::Node;
use crate::resolve::Scalar;
use crate::tape::Kind;

impl Node<'_> {
    /// Returns whether a key is the merge key `<<` of YAML 1.1 (yaml.org/type/merge), written plain.
    ///
    /// ```
    /// use tidegate_yaml::Stream;
    ///
    /// let stream = Stream::parse("{<<: {a: 1}, '<<': 2}")?;
    /// let keys = stream.root().into_iter().flat_map(|it| it.entries()).map(|(key, _)| key.is_merge_key());
    /// assert_eq!(keys.collect::<Vec<_>>(), [true, false]);
    /// # Ok::<(), tidegate_yaml::Errors>(())
    /// ```
    #[must_use]
    pub fn is_merge_key(self) -> bool {
        self.kind() == Kind::Scalar
            && self.span().of(self.stream().text()) == "<<"
            && matches!(self.resolve(), Ok(Some(Scalar::Merge)))
    }

    /// Returns the entries of a mapping with its merge keys `<<` carried out: its own entries in their order, then
    /// those of the merged mappings whose keys were not there yet (yaml.org/type/merge; `merge` in go-yaml's `decode.go`).
    ///
    /// The work is bounded by what was written: a mapping that is merged in many ways is looked at once.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidMerge`] when a merge key's value is neither a mapping nor a list of mappings.
    ///
    /// ```
    /// use tidegate_yaml::Stream;
    ///
    /// let stream = Stream::parse("base: &base {a: 1, b: 2}\nuse: {<<: *base, b: 3}\n")?;
    /// let merged = stream.root().and_then(|it| it.get("use")).ok_or("no entry")?.merged_entries()?;
    /// let text: Vec<_> = merged.iter().map(|(key, value)| format!("{}={}", key.as_str(), value.as_str())).collect();
    /// assert_eq!(text, ["b=3", "a=1"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merged_entries(self) -> Result<Vec<(Self, Self)>, Error> {
        if !self.entries().any(|(key, _)| key.is_merge_key()) {
            return Ok(self.entries().collect());
        }
        let mut merged = Vec::new();
        let mut keys = HashSet::new();
        let mut visited = HashSet::new();
        // A stack of mappings, the one that wins on top.
        let mut stack = vec![self];
        while let Some(mapping) = stack.pop() {
            if !visited.insert(mapping.target().index()) {
                continue;
            }
            let mut bases = Vec::new();
            for (key, value) in mapping.entries() {
                if key.is_merge_key() {
                    bases.extend(merge_bases(value)?);
                } else if key.target().kind() != Kind::Scalar || keys.insert(key.as_str()) {
                    merged.push((key, value));
                }
            }
            stack.extend(bases.into_iter().rev());
        }
        Ok(merged)
    }
}

fn merge_bases(value: Node<'_>) -> Result<Vec<Node<'_>>, Error> {
    let target = value.target();
    let bases = match target.kind() {
        Kind::Mapping => vec![target],
        Kind::Sequence => target.items().collect(),
        _ => return Err(Error::new(ErrorKind::InvalidMerge, value.span())),
    };
    match bases.iter().find(|it| it.target().kind() != Kind::Mapping) {
        Some(other) => Err(Error::new(ErrorKind::InvalidMerge, other.span())),
        None => Ok(bases),
    }
}
