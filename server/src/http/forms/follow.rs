//! Opening one's own matter with the code, slowed down but never locked (`people.md` 22).

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    response::Response,
};
use domain::{
    actor::Opened,
    code::{CodeProblem, QueryCode},
    form::{FieldProblem, FormErrors, LookUp, LookUpForm},
    phone::PhoneNumber,
};
use store::{
    Aggregate, County, StoreError, Timestamp, kind,
    records::{Attempt, AttemptLimits},
};

use sync::view;
use tokio::time::{Instant, sleep_until};

use super::{Posted, base, see, typed, with_cookie};
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
/// With the whole telephone number besides. Not the county's budget: a code and a number are not
/// guessed together, and this way stays open when others have spent it.
const TELEPHONE_LIMITS: AttemptLimits = AttemptLimits {
    county_per_day: None,
    ..LIMITS
};
/// What a wrong try takes at least. A known code costs a few milliseconds more to look at than an
/// unknown one; whoever can tell them apart needs to guess four digits only.
const WRONG_TAKES: Duration = Duration::from_millis(100);
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
        phone: posted.one("phone").to_owned(),
    };
    // A wrong check digit is told, and is no attempt.
    let look_up = match form.parse() {
        Ok(look_up) => look_up,
        Err(errors) => return again(&state, &base, &form, why(&errors)).await,
    };
    let begun = Instant::now();
    let outcome = opened(&state, &look_up).await;
    if matches!(outcome, Ok(Opening::Wrong)) {
        sleep_until(begun + WRONG_TAKES).await;
    }
    match outcome {
        Ok(Opening::Opened(token)) => {
            let page = with_cookie(
                see(&format!("{base}/mine")),
                cookies::secret(cookies::READING, &token, READING_SECONDS),
            );
            with_cookie(page, cookies::gone(cookies::TYPED))
        }
        Ok(Opening::Wrong) => again(&state, &base, &form, "wrong").await,
        Ok(Opening::Slow) => again(&state, &base, &form, "slow").await,
        Err(error) => {
            failed(error);
            again(&state, &base, &form, "later").await
        }
    }
}

/// What is to be put right first.
fn why(errors: &FormErrors) -> &'static str {
    if errors.of("phone").is_some() {
        // Which asks for the number again.
        return "slow";
    }
    match errors.of("code") {
        Some(FieldProblem::Required) => "empty",
        Some(FieldProblem::Code(CodeProblem::Length { .. })) => "length",
        Some(_) => "check",
        None => "pin",
    }
}

/// The page again with the code as it was typed; the four digits are typed anew.
async fn again(state: &AppState, base: &str, form: &LookUpForm, why: &str) -> Response {
    let typed = view::Typed {
        act: "follow".to_owned(),
        case: None,
        // Far longer than any code: what is kept is bounded.
        text: form.code.chars().take(80).collect(),
        access: None,
        refused: None,
    };
    typed::keep(state, &typed, see(&format!("{base}/follow?problem={why}"))).await
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
async fn opened(state: &AppState, look_up: &LookUp) -> Result<Opening, StoreError> {
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
                return Ok(Opening::Slow);
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
        return Ok(Opening::Wrong);
    };
    if let Some(Counted {
        subject, limits, ..
    }) = counted
    {
        store.forgive_attempt(county, &subject, limits, now).await?;
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
