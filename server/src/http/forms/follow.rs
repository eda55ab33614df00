//! Opening one's own matter with the code, slowed down but never locked (`people.md` 22).

use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::{
    actor::Opened,
    code::CodeProblem,
    form::{FieldProblem, FormErrors, LookUp, LookUpForm},
};
use store::{Aggregate, County, StoreError, kind};

use sync::view;
use tokio::time::{Instant, sleep_until};

use super::{Posted, base, see, typed, with_cookie};
use crate::{
    clock,
    http::{
        AppState, cookies,
        opening::{LookedUp, WRONG_TAKES, looked_up},
        reads::failed,
    },
};

const READING_SECONDS: u32 = 30 * 60;

pub async fn open(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let tells = Tells::whoever(&headers);
    let posted = Posted::read(&body);
    let form = LookUpForm {
        code: posted.one("code").to_owned(),
        pin: posted.one("pin").to_owned(),
        phone: posted.one("phone").to_owned(),
    };
    // A wrong check digit is told, and is no attempt.
    let look_up = match form.parse() {
        Ok(look_up) => look_up,
        Err(_) if tells == Tells::Script => return StatusCode::FORBIDDEN.into_response(),
        Err(errors) => return again(&state, &base, &form, why(&errors)).await,
    };
    let begun = Instant::now();
    let outcome = opened(&state, &look_up).await.map_err(failed);
    if matches!(outcome, Ok(Opening::Wrong)) {
        sleep_until(begun + WRONG_TAKES).await;
    }
    match outcome {
        Ok(Opening::Opened(token)) => {
            let page = match tells {
                Tells::Person => see(&format!("{base}/mine")),
                Tells::Script => StatusCode::NO_CONTENT.into_response(),
            };
            let cookie = cookies::secret(cookies::READING, &token, READING_SECONDS);
            with_cookie(with_cookie(page, cookie), cookies::gone(cookies::TYPED))
        }
        Ok(Opening::Wrong) if tells == Tells::Script => StatusCode::FORBIDDEN.into_response(),
        Ok(Opening::Slow) if tells == Tells::Script => {
            StatusCode::TOO_MANY_REQUESTS.into_response()
        }
        Err(_) if tells == Tells::Script => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Ok(Opening::Wrong) => again(&state, &base, &form, "wrong").await,
        Ok(Opening::Slow) => again(&state, &base, &form, "slow").await,
        Err(_) => again(&state, &base, &form, "later").await,
    }
}

/// Who is told what became of a code: a person by a page, a script by the status.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    Person,
    Script,
}

impl Tells {
    fn whoever(headers: &HeaderMap) -> Self {
        let accepts = headers.get(header::ACCEPT);
        match accepts.is_some_and(|it| it.as_bytes() == b"application/json") {
            true => Self::Script,
            false => Self::Person,
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
    headers: HeaderMap,
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
    Wrong,
    Slow,
}

async fn opened(state: &AppState, look_up: &LookUp) -> Result<Opening, StoreError> {
    let found = match looked_up(state, look_up).await? {
        LookedUp::Found(found) => found,
        LookedUp::Wrong => return Ok(Opening::Wrong),
        LookedUp::Slow => return Ok(Opening::Slow),
    };
    let (store, county) = (&state.data.store, state.data.county);
    let token = store
        .open_reading_session(
            &aggregate(county, found.opened),
            found.grant.id.0,
            clock::now().into(),
        )
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
