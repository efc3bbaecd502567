use crate::plan::{Considered, RuledOut};
use crate::situation::{Deployed, Fact, RolloutEnd, Situation, Target};

/// What was chosen from the history, and why nothing else was.
pub(crate) struct Choice<'s> {
    pub(crate) chosen: Option<&'s Deployed>,
    pub(crate) considered: Vec<Considered>,
    pub(crate) warnings: Vec<Fact>,
}

/// Chooses the version to go back to: the newest entry of the history that nothing rules out.
pub(crate) fn choose(situation: &Situation) -> Choice<'_> {
    let mut choice = Choice { chosen: None, considered: Vec::new(), warnings: Vec::new() };
    let current = situation.history.last().map(|it| it.version.as_str());
    for entry in situation.history.iter().rev() {
        let ruled_out = if current == Some(&*entry.version) {
            Some(RuledOut::Current)
        } else {
            let why = rule_out(situation, entry);
            if why.is_none() && choice.chosen.is_some() {
                Some(RuledOut::OlderThanChoice)
            } else {
                why
            }
        };
        if ruled_out.is_none() {
            choice.chosen = Some(entry);
        }
        choice.considered.push(Considered {
            version: entry.version.clone(),
            commit: entry.commit.clone(),
            ruled_out,
        });
    }
    choice.warnings = warnings(situation, choice.chosen);
    choice
}

fn rule_out(situation: &Situation, entry: &Deployed) -> Option<RuledOut> {
    if let Target::Version(asked) = &situation.target
        && *asked != entry.version
    {
        return Some(RuledOut::NotAskedFor);
    }
    if let Some(hold) = &entry.held {
        return Some(RuledOut::Held(hold.clone()));
    }
    if let Some(gone) = &entry.image_gone {
        return Some(RuledOut::ImageGone(gone.clone()));
    }
    let unpinned = situation.components.iter().find(|it| !entry.pins.contains_key(*it));
    if let Some(component) = unpinned {
        return Some(RuledOut::NoImage { component: component.clone() });
    }
    match (&situation.target, &entry.rollout) {
        (Target::Version(_), _) | (Target::LastGood, RolloutEnd::Finished) => None,
        (Target::LastGood, RolloutEnd::Unfinished(fact)) => {
            Some(RuledOut::Unfinished(fact.clone()))
        }
        (Target::LastGood, RolloutEnd::Unknown) => Some(RuledOut::Unrecorded),
    }
}

fn warnings(situation: &Situation, chosen: Option<&Deployed>) -> Vec<Fact> {
    let mut warnings = Vec::new();
    if let (Target::Version(asked), None) = (&situation.target, chosen)
        && !situation.history.iter().any(|it| it.version == *asked)
    {
        let known = situation.history.iter().map(|it| it.version.as_str());
        let near = tidegate_source::nearest(asked, known)
            .map_or_else(String::new, |it| format!("; the nearest that was is {it}"));
        let environment = &situation.environment;
        warnings.push(Fact::new(format!("{asked} was never deployed to {environment}{near}")));
    }
    match chosen.map(|it| &it.rollout) {
        Some(RolloutEnd::Unfinished(fact)) => warnings.push(Fact {
            text: format!("the rollout of the version asked for did not finish: {}", fact.text),
            place: fact.place.clone(),
        }),
        Some(RolloutEnd::Unknown) => warnings.push(Fact::new(
            "nobody recorded whether the rollout of the version asked for finished",
        )),
        Some(RolloutEnd::Finished) | None => {}
    }
    warnings
}
