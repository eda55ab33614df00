//! How long to wait after a failure.

use std::time::Duration;

use domain::given::Dice;

/// The first pause; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// While somebody looks. With the patience of a request it leaves time, within a minute after the network
/// is back, for everything that waits.
const LONGEST_VISIBLE: Duration = Duration::from_secs(30);
/// While nobody looks the battery counts more.
const LONGEST_HIDDEN: Duration = Duration::from_secs(300);

/// The pause after this many failures in a row: between half of it and all of it, so that phones that
/// lost the server together do not come back together.
pub(crate) fn after(failures: u32, visible: bool, dice: &mut dyn Dice) -> Duration {
    let doubled = 1_u32
        .checked_shl(failures.saturating_sub(1))
        .unwrap_or(u32::MAX);
    let whole = FIRST.saturating_mul(doubled).min(longest(visible));
    let half = whole / 2;
    half + Duration::from_millis(dice.below(half.as_millis() as u64 + 1))
}

/// The longest pause.
pub(crate) fn longest(visible: bool) -> Duration {
    if visible {
        LONGEST_VISIBLE
    } else {
        LONGEST_HIDDEN
    }
}

/// A pause the server asked for, within reason: a slip of a proxy must not silence a phone for a day.
pub(crate) fn asked_for(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into()).min(LONGEST_HIDDEN)
}
