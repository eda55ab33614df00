//! Answers to questions, scoped to who asks: the pages' and the API's one way to read.

mod codes;
mod kept;
mod office;
pub(super) mod office_accounts;
mod office_matters;
mod own;

use std::{any::Any, sync::Arc};

use app::repository::{AnyView, Reads};
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use domain::{
    actor::{Holder, Official, Opened},
    form::{RegisterForm, Step},
    ids::{CaseId, CommandId, OfficialId, RegistrationId, UnitId, VisitId},
    provisional::ProvisionalNumber,
    refusal::Refusal,
    text::Line,
};
use serde::{Deserialize, Serialize};
use store::{Reader, StoreError, Timestamp, kind, records::Token};
use sync::{Answer, AnyQuery, ReadProblem, view};
use uuid::Uuid;

pub use kept::{KEPT_SECONDS, SLIP_SECONDS, keep, kept};
pub use own::own_changes;

use super::{AppState, cookies, origin, tablets};
use crate::{accounts, clock, data::Data};

/// Who asks, as far as the cookies tell.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    reading: Option<Token>,
    office: Option<Token>,
    /// The draft's id: a secret of its own, never the command's.
    pub draft: Option<Uuid>,
    /// The id of the office form that was kept: a secret too.
    pub kept: Option<Uuid>,
    /// The id of a one-time link that was just made: a secret too.
    pub issued: Option<Uuid>,
    slip: Option<Uuid>,
    typed: Option<Uuid>,
}

impl Viewer {
    pub fn of(headers: &HeaderMap) -> Self {
        let id = |name| cookies::get(headers, name).and_then(|id| Uuid::parse_str(id).ok());
        Self {
            reading: cookies::get(headers, cookies::READING).and_then(Token::parse),
            office: cookies::get(headers, cookies::OFFICE).and_then(Token::parse),
            draft: id(cookies::DRAFT),
            kept: id(cookies::KEPT),
            issued: id(cookies::ISSUED),
            slip: id(cookies::SLIP),
            typed: id(cookies::TYPED),
        }
    }

    /// The official who is signed in.
    pub async fn official(&self, data: &Data, now: DateTime<Utc>) -> Result<Official, ReadProblem> {
        let token = self.office.as_ref().ok_or(ReadProblem::NotOpened)?;
        let official = accounts::official(data, token, now).await.map_err(failed)?;
        official.ok_or(ReadProblem::NotOpened)
    }

    /// Whose sign-in the browser shows, be it over: only they get back what they typed.
    pub async fn known_official(&self, data: &Data) -> Result<Option<OfficialId>, StoreError> {
        let Some(token) = self.office.as_ref() else {
            return Ok(None);
        };
        let holder = data.store.session_holder(token).await?;
        Ok(holder.map(OfficialId))
    }

    /// What the reading session opens, and until when.
    pub async fn opened(
        &self,
        data: &Data,
        now: DateTime<Utc>,
    ) -> Result<(Holder, DateTime<Utc>), ReadProblem> {
        let token = self.reading.as_ref().ok_or(ReadProblem::NotOpened)?;
        let session = data
            .store
            .reading_session(data.county, token, now.into())
            .await
            .map_err(failed)?;
        let session = session.ok_or(ReadProblem::NotOpened)?;
        let mut reader = data.store.read().await.map_err(failed)?;
        let opens = match session.aggregate_kind.as_str() {
            kind::REGISTRATION => Opened::Registration(RegistrationId(session.aggregate_id)),
            _ => Opened::Case(CaseId(session.aggregate_id)),
        };
        // A code that was replaced, revoked or outlived meanwhile opens nothing any more.
        let grants = reader.grants_of(data.county, opens).await.map_err(failed)?;
        let grants = grants.ok_or(ReadProblem::NotOpened)?;
        let grant = grants
            .all()
            .find(|grant| grant.id.0 == session.grant_id && grant.is_live(now))
            .ok_or(ReadProblem::NotOpened)?;
        let until: DateTime<Utc> = session.expires_at.into();
        let until = grant.expires_at.map_or(until, |end| until.min(end));
        let holder = Holder {
            grant: grant.id,
            role: grant.holder,
            opens,
        };
        Ok((holder, until))
    }
}

/// What the viewer typed into a form that changed nothing, for as long as it is kept.
async fn typed(
    data: &Data,
    viewer: &Viewer,
    now: DateTime<Utc>,
) -> Result<Option<view::Typed>, StoreError> {
    let Some(id) = viewer.typed else {
        return Ok(None);
    };
    match data.store.draft(data.county, id, now.into()).await? {
        Some(store::records::Draft::Open(json)) => Ok(serde_json::from_slice(&json).ok()),
        _ => Ok(None),
    }
}

/// None where it is no number.
async fn by_number(
    data: &Data,
    reader: &mut Reader,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Option<view::ByNumber>, StoreError> {
    let Some(number) = ProvisionalNumber::parse(typed) else {
        return Ok(None);
    };
    let fate = if reader.is_received(data.county, number).await? {
        view::Fate::Received
    } else {
        let refusal = reader.letter_refusal(data.county, number).await?;
        let answer = refusal.map(|json| serde_json::from_slice::<Answer>(&json));
        match answer {
            None => view::Fate::NotHere,
            Some(Ok(Answer::Rejected { reason })) => view::Fate::SentBack {
                reason: Some(reason),
            },
            Some(_) => view::Fate::SentBack { reason: None },
        }
    };
    Ok(Some(view::ByNumber {
        number: number.to_string(),
        fate,
        as_of: now,
    }))
}

/// A draft as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The id it is sent under, however often it is.
    pub command: CommandId,
    /// Sent and received: what was typed is gone, the receipt can still be reached.
    pub sent: bool,
    pub visit: Option<VisitId>,
    pub form: RegisterForm,
    /// The steps that were sent on.
    pub seen: Vec<Step>,
    pub refused: Option<Refusal>,
}

impl KeptDraft {
    /// The draft of a viewer, unless it expired.
    pub async fn of(
        viewer: &Viewer,
        data: &Data,
        now: DateTime<Utc>,
    ) -> Result<Option<(Uuid, Self)>, StoreError> {
        let Some(id) = viewer.draft else {
            return Ok(None);
        };
        match data.store.draft(data.county, id, now.into()).await? {
            Some(store::records::Draft::Open(json)) => {
                Ok(serde_json::from_slice(&json).ok().map(|draft| (id, draft)))
            }
            _ => Ok(None),
        }
    }
}

/// The store's answers for one request.
pub struct StoreReads {
    pub data: Data,
    pub viewer: Viewer,
    /// What printed addresses begin with.
    pub origin: String,
}

impl Reads for StoreReads {
    fn read(&self, query: AnyQuery) -> AnyView {
        let (data, viewer) = (self.data.clone(), self.viewer.clone());
        let origin = self.origin.clone();
        Box::pin(async move { answer(&data, &viewer, &origin, query).await })
    }
}

type Boxed = Box<dyn Any + Send>;

async fn answer(
    data: &Data,
    viewer: &Viewer,
    origin: &str,
    query: AnyQuery,
) -> Result<Boxed, ReadProblem> {
    let now = clock::now();
    let county = data.county;
    let mut reader = data.store.snapshot().await.map_err(failed)?;
    match query {
        AnyQuery::Home(_) => boxed(reader.home(county, now).await),
        AnyQuery::Notices(q) => boxed(reader.notices(county, q.township.as_ref(), now).await),
        AnyQuery::Notice(q) => found(reader.notice(county, q.visit, now).await),
        AnyQuery::Poster(q) => {
            let page = reader.notice(county, q.visit, now).await;
            found(page.map(|page| page.and_then(|page| codes::poster(page, origin, county))))
        }
        AnyQuery::Divisions(_) => boxed(reader.divisions_of(county).await),
        AnyQuery::Choices(_) => boxed(choices(data, &mut reader, now).await),
        AnyQuery::Matters(q) => boxed(reader.matters(county, q.township.as_ref(), now).await),
        AnyQuery::Matter(q) => found(reader.matter_page(county, q.matter, now).await),
        AnyQuery::Village(q) => found(reader.village(county, &q.village, now).await),
        AnyQuery::Changes(q) => boxed(reader.public_changes(county, &q.since).await),
        AnyQuery::LetterKey(_) => boxed(Ok(data.store.letter_key(now.into()))),
        AnyQuery::ByNumber(q) => found(by_number(data, &mut reader, &q.number, now).await),
        AnyQuery::Tablet(q) => found(tablets::contact(data, q.id, now).await),
        AnyQuery::Figures(_) => boxed(reader.figures(county, now).await),
        AnyQuery::Draft(q) => found(draft(data, viewer, &mut reader, q.step, now).await),
        AnyQuery::Typed(_) => boxed(typed(data, viewer, now).await),
        AnyQuery::Mine(_) => {
            let (holder, until) = viewer.opened(data, now).await?;
            let mine = reader.mine(county, &holder, until, now).await;
            let typed = typed(data, viewer, now).await.map_err(failed)?;
            boxed(mine.map(|mut mine| {
                codes::slip(&mut mine, origin, county);
                mine.typed = typed.filter(|typed| typed.access.is_some());
                mine
            }))
        }
        AnyQuery::MyCase(q) => {
            let (holder, _) = viewer.opened(data, now).await?;
            let case = reader.my_case(county, &holder, q.case, now).await;
            let typed = typed(data, viewer, now).await.map_err(failed)?;
            found(case.map(|case| {
                case.map(|case| view::MyCase {
                    typed: typed.filter(|typed| typed.case == Some(case.case)),
                    ..case
                })
            }))
        }
        AnyQuery::Enrolment(q) => found(accounts::enrolment(data, &q.link, now).await),
        AnyQuery::Kept(_) => {
            let official = viewer.official(data, now).await?;
            boxed(kept::<view::Kept>(data, official.id, viewer.kept, now).await)
        }
        AnyQuery::NewSlip(_) => {
            let official = viewer.official(data, now).await?;
            let slip = kept(data, official.id, viewer.slip, now).await;
            boxed(office::with_same_person(&mut reader, county, &official, slip, now).await)
        }
        query => {
            let official = viewer.official(data, now).await?;
            office::answer(data, viewer, &official, &mut reader, query, now).await
        }
    }
}

async fn draft(
    data: &Data,
    viewer: &Viewer,
    reader: &mut Reader,
    step: Step,
    now: DateTime<Utc>,
) -> Result<Option<view::Draft>, StoreError> {
    let kept = KeptDraft::of(viewer, data, now).await?;
    let Some((_, kept)) = kept.filter(|(_, kept)| !kept.sent) else {
        return Ok(None);
    };
    let visit = match kept.visit {
        Some(id) => reader.notice(data.county, id, now).await?.map(row_of),
        None => None,
    };
    let divisions = match step {
        Step::Who | Step::Matter | Step::Secrecy | Step::Check => {
            reader.divisions_of(data.county).await?
        }
        _ => Vec::new(),
    };
    let near = |division: &view::Division| division.is_near(&kept.form);
    let divisions = match step {
        Step::Secrecy | Step::Check => divisions.into_iter().filter(near).collect(),
        _ => divisions,
    };
    let units = match step {
        Step::Secrecy | Step::Check => units(data).await?,
        _ => Vec::new(),
    };
    Ok(Some(view::Draft {
        visit,
        command: kept.command,
        divisions,
        units,
        form: kept.form,
        seen: kept.seen,
        refused: kept.refused,
        as_of: now,
    }))
}

async fn choices(
    data: &Data,
    reader: &mut Reader,
    now: DateTime<Utc>,
) -> Result<view::Choices, StoreError> {
    Ok(view::Choices {
        divisions: reader.divisions_of(data.county).await?,
        units: units(data).await?,
        as_of: now,
    })
}

async fn units(data: &Data) -> Result<Vec<(UnitId, Line)>, StoreError> {
    let units = data.store.units(data.county).await?.into_iter();
    Ok(units
        .filter_map(|unit| Some((UnitId(unit.id), Line::parse(&unit.name).ok()?)))
        .collect())
}

fn row_of(page: view::NoticePage) -> view::NoticeRow {
    view::NoticeRow {
        visit: page.visit,
        title: page.notice.title,
        date: page.notice.date,
        hours: page.notice.hours,
        venue: page.notice.venue.name,
        township: page.township,
        leaders: page.notice.leaders.into_iter().map(Into::into).collect(),
        phase: page.phase,
        registration: page.notice.registration,
        free: page.places.free,
        figures: page.figures,
    }
}

fn boxed<V: Send + 'static>(view: Result<V, StoreError>) -> Result<Boxed, ReadProblem> {
    view.map(|view| Box::new(view) as Boxed).map_err(failed)
}

fn found<V: Send + 'static>(view: Result<Option<V>, StoreError>) -> Result<Boxed, ReadProblem> {
    match view {
        Ok(Some(view)) => Ok(Box::new(view)),
        Ok(None) => Err(ReadProblem::NotFound),
        Err(error) => Err(failed(error)),
    }
}

/// The cause stays in the log, under an id the person can name.
#[expect(clippy::needless_pass_by_value, reason = "the end of many a map_err")]
pub fn failed(error: StoreError) -> ReadProblem {
    let id = Uuid::new_v4().simple().to_string();
    tracing::error!(id, %error, "a question could not be answered");
    ReadProblem::Failed { id }
}

/// The context every page is rendered with.
pub fn repository(state: &AppState, headers: &HeaderMap) -> app::repository::LocalRepository {
    let reads = StoreReads {
        data: state.data.clone(),
        viewer: Viewer::of(headers),
        origin: origin::of(state, headers),
    };
    app::repository::LocalRepository(Arc::new(reads))
}

/// The context of pages that are the same for everybody: nobody in particular asks.
pub fn for_everybody(data: &Data) -> app::repository::LocalRepository {
    let reads = StoreReads {
        data: data.clone(),
        viewer: Viewer::default(),
        // Kept pages print no address: they are the same whatever host was asked.
        origin: String::new(),
    };
    app::repository::LocalRepository(Arc::new(reads))
}

/// When a draft or session ends.
pub fn after(now: DateTime<Utc>, seconds: u64) -> Timestamp {
    Timestamp::from(now).plus(std::time::Duration::from_secs(seconds))
}
