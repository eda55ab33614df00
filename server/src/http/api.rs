//! `/api/v1/{county}`: questions and commands for phones and tablets.

mod changes;
mod commands;
mod document;
mod endpoints;
mod own;
mod schemas;
mod tablets;
mod uploads;

use std::collections::HashMap;

use axum::{
    Json, Router,
    extract::{
        Path, Query as UrlQuery, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    division::DivisionCode,
    ids::{CaseId, DeviceId, VisitId},
};
use serde::Deserialize;
use sync::{
    AnyQuery, Query, ReadProblem, query,
    view::{DeskFilter, RegisterGapFilter, TabletRows, TellFilter, WorkFilter},
};

use endpoints::{
    AtStep, Desk, Endpoints, Filter, Gap, Id, Named, NoPath, OfCase, OnTablet, OnTabletCases, Tell,
    Township,
};

use super::{AppState, reads};

pub use changes::SharedChanges;

pub fn routes() -> Router<AppState> {
    endpoints()
        .routes()
        .route("/api/v1/openapi.json", get(document::whole))
}

/// Every address, once: the router and the document are made of this list.
fn endpoints() -> Endpoints {
    Endpoints::default()
        .ask::<query::Home, NoPath>("home")
        .ask::<query::Notices, Township>("notices")
        .ask::<query::Notice, Id>("notices/{id}")
        .ask::<query::Poster, Id>("notices/{id}/poster")
        .ask::<query::Divisions, NoPath>("divisions")
        .ask::<query::Choices, NoPath>("choices")
        .ask::<query::Matters, Township>("matters")
        .ask::<query::Matter, Id>("matters/{id}")
        .ask::<query::Village, Id>("villages/{id}")
        .changes("changes")
        .ask::<query::LetterKey, NoPath>("letter-key")
        .ask::<query::ByNumber, Id>("numbers/{id}")
        .ask::<query::Tablet, Id>("tablets/{id}")
        .ask::<query::Figures, NoPath>("figures")
        .ask::<query::Draft, AtStep>("draft")
        .ask::<query::Typed, NoPath>("typed")
        .ask::<query::Mine, NoPath>("mine")
        .ask::<query::MyCase, Id>("mine/cases/{id}")
        .ask::<query::Enrolment, Id>("office/enrolment/{id}")
        .ask::<query::Me, NoPath>("office/me")
        .ask::<query::Kept, NoPath>("office/kept")
        .ask::<query::IntakeDesk, NoPath>("office/intake")
        .ask::<query::NewSlip, NoPath>("office/slip")
        .ask::<query::Worklist, Filter>("office/worklist")
        .ask::<query::Workspace, Id>("office/cases/{id}")
        .ask::<query::TabletRows, OnTablet>("office/tablet/rows")
        .ask::<query::TabletCases, OnTabletCases>("office/tablet/cases")
        .ask::<query::Visits, NoPath>("office/visits")
        .ask::<query::VisitEditor, Id>("office/visits/{id}")
        .ask::<query::Registrations, Desk>("office/visits/{id}/registrations")
        .ask::<query::RegistrationDetail, Id>("office/registrations/{id}")
        .ask::<query::ToTell, Tell>("office/to-tell")
        .ask::<query::NotRegistered, Gap>("office/not-registered")
        .ask::<query::OfficeMatters, NoPath>("office/matters")
        .ask::<query::NewMatter, OfCase>("office/matters/new")
        .ask::<query::MatterEditor, Id>("office/matters/{id}")
        .ask::<query::Accounts, NoPath>("office/accounts")
        .ask::<query::IssuedLink, NoPath>("office/issued-link")
        .commands("commands")
        .tablets("office/tablets")
        .own("own")
        .live("live")
}

/// What an address says beyond its question.
#[derive(Debug, Default, Deserialize)]
pub struct Parts {
    #[serde(default)]
    id: String,
    township: Option<DivisionCode>,
    #[serde(default)]
    since: String,
    /// Nothing new may go without a word.
    #[serde(default)]
    quiet: bool,
    /// The same, to who holds what this digest is of.
    #[serde(default)]
    held: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    find: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    when: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    page: u32,
    visit: Option<VisitId>,
    case: Option<CaseId>,
    tablet: Option<DeviceId>,
    #[serde(default)]
    cases: String,
}

/// How a question is read from its address.
trait FromParts<Q: Query>: Named {
    fn question(parts: Parts) -> Option<Q>;

    /// Whether a view says nothing to who holds what this is the digest of.
    fn is_nothing_new(_view: &Q::View, _held: &str) -> bool {
        false
    }
}

impl FromParts<query::TabletRows> for OnTablet {
    fn question(parts: Parts) -> Option<query::TabletRows> {
        Some(query::TabletRows {
            tablet: parts.tablet?,
            since: parts.since,
        })
    }

    fn is_nothing_new(view: &TabletRows, held: &str) -> bool {
        view.is_nothing_new(held)
    }
}

macro_rules! from_parts {
    ($($way:ident, $question:ident, |$parts:ident| $read:expr;)*) => {$(
        impl FromParts<query::$question> for $way {
            fn question($parts: Parts) -> Option<query::$question> {
                $read
            }
        }
    )*};
}

from_parts! {
    NoPath, Home, |_parts| Some(query::Home {});
    NoPath, Divisions, |_parts| Some(query::Divisions {});
    NoPath, Choices, |_parts| Some(query::Choices {});
    NoPath, LetterKey, |_parts| Some(query::LetterKey {});
    Id, ByNumber, |parts| Some(query::ByNumber { number: parts.id });
    Id, Tablet, |parts| Some(query::Tablet { id: parts.id.parse().ok()? });
    NoPath, Figures, |_parts| Some(query::Figures {});
    AtStep, Draft, |parts| Some(query::Draft { step: domain::form::Step::named(&parts.step)? });
    NoPath, Typed, |_parts| Some(query::Typed {});
    NoPath, Mine, |_parts| Some(query::Mine {});
    Township, Notices, |parts| Some(query::Notices { township: parts.township });
    Township, Matters, |parts| Some(query::Matters { township: parts.township });
    Id, Notice, |parts| Some(query::Notice { visit: parts.id.parse().ok()? });
    Id, Poster, |parts| Some(query::Poster { visit: parts.id.parse().ok()? });
    Id, Matter, |parts| Some(query::Matter { matter: parts.id.parse().ok()? });
    Id, Village, |parts| Some(query::Village { village: DivisionCode::parse(&parts.id).ok()? });
    NoPath, Me, |_parts| Some(query::Me {});
    NoPath, Kept, |_parts| Some(query::Kept {});
    NoPath, IntakeDesk, |_parts| Some(query::IntakeDesk {});
    NoPath, NewSlip, |_parts| Some(query::NewSlip {});
    NoPath, Visits, |_parts| Some(query::Visits {});
    Tell, ToTell, |parts| Some(query::ToTell { filter: TellFilter {
        state: parts.state, visit: parts.visit, page: parts.page,
    } });
    Gap, NotRegistered, |parts| Some(query::NotRegistered { filter: RegisterGapFilter {
        when: parts.when, page: parts.page,
    } });
    NoPath, OfficeMatters, |_parts| Some(query::OfficeMatters {});
    NoPath, Accounts, |_parts| Some(query::Accounts {});
    NoPath, IssuedLink, |_parts| Some(query::IssuedLink {});
    OfCase, NewMatter, |parts| Some(query::NewMatter { case: parts.case });
    Filter, Worklist, |parts| Some(query::Worklist { filter: WorkFilter {
        find: parts.find, state: parts.state, subject: parts.subject, due: parts.due, page: parts.page,
    } });
    OnTabletCases, TabletCases, |parts| Some(query::TabletCases {
        tablet: parts.tablet?,
        cases: parts.cases.split(',').map(str::parse).collect::<Result<_, _>>().ok()?,
    });
    Id, Enrolment, |parts| Some(query::Enrolment { link: parts.id });
    Id, Workspace, |parts| Some(query::Workspace { case: parts.id.parse().ok()? });
    Id, VisitEditor, |parts| Some(query::VisitEditor { visit: match parts.id.as_str() {
        "new" => None,
        id => Some(id.parse().ok()?),
    } });
    Desk, Registrations, |parts| Some(query::Registrations { visit: parts.id.parse().ok()?, filter: DeskFilter {
        find: parts.find, status: parts.status, room: parts.room, page: parts.page,
    } });
    Id, RegistrationDetail, |parts| Some(query::RegistrationDetail { registration: parts.id.parse().ok()? });
    Id, MatterEditor, |parts| Some(query::MatterEditor { matter: parts.id.parse().ok()? });
    Id, MyCase, |parts| Some(query::MyCase { case: parts.id.parse().ok()? });
}

async fn ask<Q, W>(
    State(state): State<AppState>,
    path: Result<Path<HashMap<String, String>>, PathRejection>,
    parts: Result<UrlQuery<Parts>, QueryRejection>,
    headers: HeaderMap,
) -> Response
where
    Q: Query,
    W: FromParts<Q>,
{
    // An address that cannot be read names nothing.
    let (Ok(Path(path)), Ok(UrlQuery(mut parts))) = (path, parts) else {
        return problem(&ReadProblem::NotFound);
    };
    if path.get("county").map(String::as_str) != Some(state.data.county.as_str()) {
        return problem(&ReadProblem::NotFound);
    }
    parts.id = path.get("id").cloned().unwrap_or_default();
    let held = std::mem::take(&mut parts.held);
    let Some(question) = W::question(parts) else {
        return problem(&ReadProblem::NotFound);
    };
    let asked: AnyQuery = question.any();
    let repository = reads::repository(&state, &headers);
    match repository
        .0
        .read(asked)
        .await
        .map(|view| view.downcast::<Q::View>())
    {
        Ok(Ok(view)) if W::is_nothing_new(&view, &held) => StatusCode::NO_CONTENT.into_response(),
        Ok(Ok(view)) => Json(*view).into_response(),
        Ok(Err(_)) => problem(&ReadProblem::Failed {
            id: Q::path(&question),
        }),
        Err(why) => problem(&why),
    }
}

fn problem(why: &ReadProblem) -> Response {
    let status = match why {
        ReadProblem::NotFound => StatusCode::NOT_FOUND,
        ReadProblem::NotOpened => StatusCode::UNAUTHORIZED,
        ReadProblem::NotAllowed => StatusCode::FORBIDDEN,
        ReadProblem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        ReadProblem::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        ReadProblem::Failed { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, Json(why)).into_response()
}
