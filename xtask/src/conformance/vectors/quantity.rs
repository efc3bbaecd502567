use serde_json::{Value, json};
use tidegate_workload::{Format, Quantity};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let text = |field: &str| given[field].as_str().unwrap_or_default();
    let whole = |field: &str| given[field].as_i64().unwrap_or_default();
    let small = |field: &str| i8::try_from(whole(field)).unwrap_or_default();
    let quantity = |field: &str| text(field).parse::<Quantity>().ok();
    let number = || Quantity::from_number(text("number"), format(text("format"))?).ok();
    let decimal = |it: Option<i64>| it.map(|it| it.to_string());
    Some(match kind {
        "parse" => match quantity("text") {
            None => json!({ "valid": false }),
            Some(it) => json!({
                "valid": true,
                "number": it.to_decimal(),
                "canonical": it.to_string(),
                "printed": Quantity::reprint(text("text")).ok(),
                "format": format!("{:?}", it.format()),
                "value": decimal(it.value()),
                "milli": decimal(it.milli_value()),
                "sign": it.signum(),
            }),
        },
        "split" => {
            let parts = Quantity::split(text("text")).ok()?;
            json!({
                "positive": parts.positive,
                "value": parts.value,
                "integer": parts.integer,
                "fraction": parts.fraction,
                "suffix": parts.suffix,
            })
        }
        "print" => json!({ "canonical": number()?.to_string() }),
        "negate" => json!({ "canonical": (-&number()?).to_string() }),
        "round-up" => {
            let (rounded, exact) = quantity("text")?.round_up(small("decimal_places_kept"));
            json!({ "number": rounded.to_decimal(), "exact": exact })
        }
        "scaled-value" => {
            let units = whole("number_of_units");
            let quantity = Quantity::from_scaled(units, small("unit_exponent"), Format::DecimalSI);
            json!({ "value": quantity.scaled_value(small("read_as_exponent")) })
        }
        "compare" => json!({ "compare": quantity("a")?.cmp(&quantity("b")?) as i8 }),
        "arithmetic" => {
            let (a, b) = (quantity("a")?, quantity("b")?);
            json!({
                "add": (&a + &b).to_string(),
                "subtract": (&a - &b).to_string(),
                "compare": a.cmp(&b) as i8,
            })
        }
        "multiply" => {
            let (product, fits) = number()?.times(whole("by"));
            json!({ "number": product.to_decimal(), "stays_int64": fits })
        }
        "as-float" => json!({ "value": quantity("text")?.to_f64() }),
        "json-read" => {
            json!({ "canonical": Quantity::from_json(text("json")).ok()?.to_string() })
        }
        _ => return None,
    })
}

fn format(name: &str) -> Option<Format> {
    Some(match name {
        "BinarySI" => Format::BinarySI,
        "DecimalSI" => Format::DecimalSI,
        "DecimalExponent" => Format::DecimalExponent,
        _ => return None,
    })
}

/// Numbers are equal when their values are, floats when they differ by rounding.
pub(super) fn same(kind: &str, field: &str, expected: &Value, actual: &Value) -> bool {
    match (kind, field) {
        ("as-float", "value") => {
            let (Some(expected), Some(actual)) = (expected.as_f64(), actual.as_f64()) else {
                return false;
            };
            (expected - actual).abs() <= expected.abs() * 1e-12
        }
        (_, "number") => {
            let number = |it: &Value| Quantity::from_number(it.as_str()?, Format::DecimalSI).ok();
            number(expected).is_some() && number(expected) == number(actual)
        }
        _ => expected == actual,
    }
}
