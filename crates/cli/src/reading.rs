//! The commands that only read.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tidegate_pipeline::Error;

use crate::arguments::{Common, Format, Status, Trace};
use crate::changing::open_to_read;
use crate::screen::Screen;
use crate::{interrupted, print_bytes, print_json};

/// How long `status -w` rests between two looks.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

pub(crate) fn status(common: &Common, status: &Status, screen: &mut Screen) -> Result<u8, Error> {
    let mut last = None;
    loop {
        let world = open_to_read(common, screen)?;
        let now = tidegate_pipeline::status(&world, status.environment.env.as_deref())?;
        if last.as_ref() != Some(&now) {
            match common.format {
                Format::Json => print_json(&now)?,
                _ => print_bytes(now.to_string().as_bytes())?,
            }
            last = Some(now);
        }
        if !status.watch {
            return Ok(0);
        }
        let mut naps = LOOK_AGAIN.as_millis() / 100;
        while naps > 0 && !interrupted().load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(100));
            naps -= 1;
        }
        if interrupted().load(Ordering::SeqCst) {
            return Err(Error::Interrupted);
        }
    }
}

pub(crate) fn trace(common: &Common, trace: &Trace, screen: &mut Screen) -> Result<u8, Error> {
    let world = open_to_read(common, screen)?;
    let chain = tidegate_pipeline::trace(&world, &trace.what, trace.environment.env.as_deref())?;
    match common.format {
        Format::Json => print_json(&chain)?,
        _ => print_bytes(chain.to_string().as_bytes())?,
    }
    Ok(0)
}

pub(crate) fn holds(
    common: &Common,
    environment: Option<&str>,
    screen: &mut Screen,
) -> Result<u8, Error> {
    let world = open_to_read(common, screen)?;
    let holds = tidegate_pipeline::holds(&world, environment)?;
    match common.format {
        Format::Json => print_json(&holds)?,
        _ => print_bytes(holds.to_string().as_bytes())?,
    }
    Ok(0)
}
