use super::cursor::Cursor;
use super::emit::Emitter;
use crate::error::{PatternError, PatternErrorKind};

/// The greatest count, alone and multiplied through nested repetitions.
const MAX_COUNT: u32 = 1000;

/// A repetition sign.
pub(super) struct Operator {
    text: String,
    /// Bounds, for the counted form; no maximum is `None`.
    counts: Option<(u32, Option<u32>)>,
}

impl Operator {
    pub(super) fn simple(sign: char) -> Self {
        Self { text: sign.to_string(), counts: None }
    }

    /// Returns the greatest product of nested counts, once this stands behind something with such a product.
    fn weight_over(&self, inner: u32) -> u32 {
        match self.counts {
            None | Some((0, None)) => inner,
            Some((_, Some(0))) => 1,
            Some((_, Some(n)) | (n, None)) => inner.saturating_mul(n),
        }
    }
}

/// Reads `{n}`, `{n,}` or `{n,m}`; `None` when the text is something else, and the brace a literal.
pub(super) fn counted(cursor: &mut Cursor<'_>) -> Result<Option<Operator>, PatternError> {
    let start = cursor.at();
    let Some((body, _)) = cursor.rest()[1..].split_once('}') else { return Ok(None) };
    let (low, high) = match body.split_once(',') {
        None => (body, Some(body)),
        Some((low, "")) => (low, None),
        Some((low, high)) => (low, Some(high)),
    };
    let (Some(min), Some(max)) = (count(low), high.map_or(Some(None), |it| count(it).map(Some)))
    else {
        return Ok(None);
    };
    cursor.advance(body.len() + 2);
    if min > MAX_COUNT || max.is_some_and(|it| it > MAX_COUNT || it < min) {
        return Err(cursor.error(PatternErrorKind::InvalidRepeatSize, start));
    }
    Ok(Some(Operator { text: format!("{{{body}}}"), counts: Some((min, max)) }))
}

/// Reads a count: digits, no leading zero. One that is too large for the type is as good as any above the limit.
fn count(digits: &str) -> Option<u32> {
    let well_formed = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.len() == 1 || !digits.starts_with('0'));
    well_formed.then(|| digits.parse().unwrap_or(u32::MAX))
}

/// Applies a repetition, whose sign begins at `start` and has been read, to what stands before it.
pub(super) fn apply(
    operator: Operator,
    start: usize,
    last_repeat: Option<usize>,
    cursor: &mut Cursor<'_>,
    out: &mut Emitter,
) -> Result<(), PatternError> {
    let behind_sign = cursor.at();
    let lazy = cursor.eat("?");
    if let Some(first) = last_repeat {
        return Err(cursor.error(PatternErrorKind::InvalidRepeatOp, first));
    }
    let atom = out.last().ok_or_else(|| {
        PatternError::new(PatternErrorKind::MissingRepeatArgument, start, behind_sign)
    })?;
    let weight = operator.weight_over(atom.weight);
    if operator.counts.is_some_and(|(min, max)| min >= 2 || max.is_some_and(|it| it >= 2))
        && weight > MAX_COUNT
    {
        return Err(PatternError::new(PatternErrorKind::InvalidRepeatSize, start, behind_sign));
    }
    let mut text = operator.text;
    if lazy {
        text.push('?');
    }
    out.repeat(atom, &text, weight);
    Ok(())
}
