//! A zone with its rules: what local time means when clocks are set forward or back. The database is
//! compiled in; the machine's own is not used.

use std::sync::OnceLock;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::zone;

/// A zone by its IANA name, or a fixed one.
#[derive(Debug, Clone)]
pub struct ZoneRules(TimeZone);

/// A place of the zone database, as its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u16);

/// All places by name.
fn places() -> &'static [(String, TimeZone)] {
    static PLACES: OnceLock<Vec<(String, TimeZone)>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let names = jiff::tz::db().available().map(|name| name.as_str().to_owned());
        let mut places: Vec<(String, TimeZone)> =
            names.filter_map(|name| TimeZone::get(&name).ok().map(|zone| (name, zone))).collect();
        places.sort_by(|left, right| left.0.cmp(&right.0));
        places
    })
}

impl Place {
    pub(super) fn named(name: &str) -> Option<Self> {
        let places = places();
        let at = places.binary_search_by(|(held, _)| held.as_str().cmp(name)).ok()?;
        u16::try_from(at).ok().map(Self)
    }

    pub(super) fn rules(self) -> Option<ZoneRules> {
        places().get(usize::from(self.0)).map(|(_, zone)| ZoneRules(zone.clone()))
    }
}

/// The offsets that a local time may have, in minutes east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offset {
    One(i32),
    /// The zone does not know the abbreviation that the text states.
    Assumed(i32),
    /// The hour that is passed twice.
    Two {
        earlier: i32,
        later: i32,
    },
}

/// The first or the second time through an hour that is passed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    First,
    Second,
}

impl ZoneRules {
    /// The zone of an IANA name (`Europe/Berlin`), an unambiguous abbreviation or an offset.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        if let Some((super::Zone::Offset(minutes), end)) = zone::scan(name.as_bytes(), 0)
            && end == name.len()
        {
            let offset = jiff::tz::Offset::from_seconds(minutes * 60).ok()?;
            return Some(Self(TimeZone::fixed(offset)));
        }
        TimeZone::get(name).ok().map(Self)
    }

    /// The offset at a local time, with the abbreviation that stands beside it. In a gap the time
    /// moves forward by the gap, so it takes the offset from before.
    pub(super) fn offset(&self, local_us: i64, abbreviation: Option<&str>) -> Offset {
        let Some(local) = civil(local_us) else { return Offset::Assumed(0) };
        let minutes = |offset: jiff::tz::Offset| offset.seconds() / 60;
        let named = |offset: jiff::tz::Offset| {
            let at = offset.to_timestamp(local).ok();
            abbreviation.is_none_or(|name| {
                at.is_some_and(|at| self.0.to_offset_info(at).abbreviation() == name)
            })
        };
        match self.0.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } if named(offset) => {
                Offset::One(minutes(offset))
            }
            AmbiguousOffset::Unambiguous { offset } => Offset::Assumed(minutes(offset)),
            AmbiguousOffset::Gap { before, .. } => Offset::One(minutes(before)),
            AmbiguousOffset::Fold { before, after } => match (named(before), named(after)) {
                (true, false) => Offset::One(minutes(before)),
                (false, true) => Offset::One(minutes(after)),
                (true, true) => Offset::Two { earlier: minutes(before), later: minutes(after) },
                (false, false) => Offset::Assumed(minutes(before)),
            },
        }
    }
}

fn civil(local_us: i64) -> Option<DateTime> {
    let as_if_utc =
        Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_micros(local_us)).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(as_if_utc))
}
