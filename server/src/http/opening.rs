//! Looking up what a code opens, slowed down but never locked (`people.md` 22).

use std::time::Duration;

use domain::{code::QueryCode, form::LookUp, phone::PhoneNumber};
use store::{
    Found, StoreError, Timestamp,
    records::{Attempt, AttemptLimits},
};

use super::AppState;
use crate::clock;

/// Five failures per code in 15 minutes. The county's budget keeps expected hits by guessing under
/// 0.001 a day: with a million codes of 10⁹ and four further digits, 10,000 guesses hit 10⁻³ times.
const LIMITS: AttemptLimits = AttemptLimits {
    failures: 5,
    window: Duration::from_secs(15 * 60),
    county_per_day: Some(10_000),
};
/// With the whole telephone number besides. Not the county's budget: a code and a number are not
/// guessed together, and this way stays open when others have spent it.
const TELEPHONE_LIMITS: AttemptLimits = AttemptLimits {
    county_per_day: None,
    ..LIMITS
};
/// What a wrong try takes at least. A known code costs a few milliseconds more to look at than an
/// unknown one; whoever can tell them apart needs to guess four digits only.
pub const WRONG_TAKES: Duration = Duration::from_millis(100);

/// What became of a try.
pub enum LookedUp {
    Found(Found),
    /// Unknown, sealed and wrong digits answer alike.
    Wrong,
    /// Too many tries: no way that was used is open.
    Slow,
}

/// A try that may be evaluated, counted already.
struct Counted {
    subject: String,
    limits: AttemptLimits,
    /// The short way is closed: only the whole telephone number opens.
    phone: Option<PhoneNumber>,
}

/// Counts the try before it is evaluated. `None` when no way that was used is open.
async fn counted(
    state: &AppState,
    code: &QueryCode,
    phone: Option<&PhoneNumber>,
    now: Timestamp,
) -> Result<Option<Counted>, StoreError> {
    let (store, county) = (&state.data.store, state.data.county);
    let short = Counted {
        subject: code.as_str().to_owned(),
        limits: LIMITS,
        phone: None,
    };
    let begun = store.begin_attempt(county, &short.subject, short.limits, now);
    if begun.await? == Attempt::Allowed {
        return Ok(Some(short));
    }
    let Some(phone) = phone else { return Ok(None) };
    let long = Counted {
        subject: format!("telephone {}", code.as_str()),
        limits: TELEPHONE_LIMITS,
        phone: Some(phone.clone()),
    };
    let begun = store.begin_attempt(county, &long.subject, long.limits, now);
    Ok((begun.await? == Attempt::Allowed).then_some(long))
}

/// A right try is given back, and does not count.
pub async fn looked_up(state: &AppState, look_up: &LookUp) -> Result<LookedUp, StoreError> {
    let (store, county) = (&state.data.store, state.data.county);
    let at = clock::now();
    let now = at.into();
    let (found, counted) = match look_up {
        // 130 bits are not guessed: the private QR stays open whatever others try.
        LookUp::Sealed(code) => {
            let found = store.read().await?.by_sealed_code(county, code).await?;
            (found, None)
        }
        LookUp::Short {
            code,
            second_factor,
            phone,
        } => {
            let Some(counted) = counted(state, code, phone.as_ref(), now).await? else {
                return Ok(LookedUp::Slow);
            };
            let mut reader = store.read().await?;
            let found = reader.by_query_code(county, code).await?;
            let mut found = found.filter(|found| found.grant.second_factor.matches(second_factor));
            if let (Some(known), Some(asked)) = (&found, &counted.phone) {
                let on_record = reader.phone_of(county, known.opened).await?;
                found = found.filter(|_| on_record.as_ref() == Some(asked));
            }
            (found, Some(counted))
        }
    };
    let Some(found) = found.filter(|found| found.grant.is_live(at)) else {
        return Ok(LookedUp::Wrong);
    };
    if let Some(Counted {
        subject, limits, ..
    }) = counted
    {
        store.forgive_attempt(county, &subject, limits, now).await?;
    }
    Ok(LookedUp::Found(found))
}
