//! Opening one's own matter with the code, slowed down but never locked (`people.md` 22).

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    response::Response,
};
use domain::{
    actor::Opened,
    form::{LookUp, LookUpForm},
};
use store::{
    Aggregate, County, StoreError, kind,
    records::{Attempt, AttemptLimits},
};

use super::{Posted, base, see, with_cookie};
use crate::{
    clock,
    http::{AppState, cookies, reads::failed},
};

/// Five failures per code in 15 minutes. The county's budget keeps expected hits by guessing under
/// 0.001 a day: with a million codes of 10⁹ and four further digits, 10,000 guesses hit 10⁻³ times.
const LIMITS: AttemptLimits = AttemptLimits {
    failures: 5,
    window: Duration::from_secs(15 * 60),
    county_per_day: Some(10_000),
};
const READING_SECONDS: u32 = 30 * 60;

pub async fn open(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let form = LookUpForm {
        code: posted.one("code").to_owned(),
        pin: posted.one("pin").to_owned(),
    };
    // A wrong check digit is told, and is no attempt.
    let Ok(look_up) = form.parse() else {
        let why = if form.pin.is_empty() && form.code.is_empty() {
            "empty"
        } else {
            "check"
        };
        return see(&format!("{base}/follow?problem={why}"));
    };
    match opened(&state, &look_up).await {
        Ok(Opening::Opened(token)) => with_cookie(
            see(&format!("{base}/mine")),
            cookies::secret(cookies::READING, &token, READING_SECONDS),
        ),
        Ok(Opening::Wrong) => see(&format!("{base}/follow?problem=wrong")),
        Ok(Opening::Slow) => see(&format!("{base}/follow?problem=slow")),
        Err(error) => {
            failed(error);
            see(&format!("{base}/follow?problem=later"))
        }
    }
}

/// Ends the reading session: nothing stays on a phone that is not one's own.
pub async fn leave(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: axum::http::HeaderMap,
) -> Response {
    let token = cookies::get(&headers, cookies::READING).and_then(store::records::Token::parse);
    if let Some(token) = token
        && let Err(error) = state
            .data
            .store
            .close_reading_session(state.data.county, &token)
            .await
    {
        failed(error);
    }
    let base = base(uri.path(), state.data.county.as_str());
    let page = with_cookie(
        see(&format!("{base}/follow?left=1")),
        cookies::gone(cookies::READING),
    );
    with_cookie(page, cookies::gone(cookies::DRAFT))
}

enum Opening {
    Opened(String),
    /// Unknown, sealed and wrong digits answer alike.
    Wrong,
    Slow,
}

/// Counts the attempt before it is evaluated, and gives it back when it was right.
async fn opened(state: &AppState, look_up: &LookUp) -> Result<Opening, StoreError> {
    let (store, county) = (&state.data.store, state.data.county);
    let now = clock::now().into();
    let subject = match look_up {
        LookUp::Short { code, .. } => code.as_str(),
        LookUp::Sealed(code) => code.as_str(),
    };
    // 130 bits are not guessed: the private QR stays open whatever others try.
    let guessable = matches!(look_up, LookUp::Short { .. });
    if guessable && store.begin_attempt(county, subject, LIMITS, now).await? != Attempt::Allowed {
        return Ok(Opening::Slow);
    }
    let mut reader = store.read().await?;
    let found = match look_up {
        LookUp::Short {
            code,
            second_factor,
        } => {
            let found = reader.by_query_code(county, code).await?;
            found.filter(|found| found.grant.second_factor.matches(second_factor))
        }
        LookUp::Sealed(code) => reader.by_sealed_code(county, code).await?,
    };
    drop(reader);
    let Some(found) = found.filter(|found| found.grant.revoked_at.is_none()) else {
        return Ok(Opening::Wrong);
    };
    if guessable {
        store.forgive_attempt(county, subject, LIMITS, now).await?;
    }
    let token = store
        .open_reading_session(&aggregate(county, found.opened), found.grant.id.0, now)
        .await?;
    Ok(Opening::Opened(token.expose()))
}

/// What a reading session is for.
pub(super) fn aggregate(county: County, opened: Opened) -> Aggregate<'static> {
    match opened {
        Opened::Registration(id) => Aggregate::new(county, kind::REGISTRATION, id.0),
        Opened::Case(id) => Aggregate::new(county, kind::CASE, id.0),
    }
}
