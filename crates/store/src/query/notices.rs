//! Notices of visits, and what each came to. The same for everybody.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Utc};
use domain::{
    booking::Ledger,
    calendar::china_date,
    division::DivisionCode,
    ids::VisitId,
    visit::{LiveNotice, Visit, VisitCode, VisitPhase},
};
use sync::view::{
    Division, DivisionLevel, Home, NoticePage, NoticeRow, Notices, Places, VisitFigures,
};
use uuid::Uuid;

use crate::{
    County, Reader, Row, StoreError, Value, aggregate_log::parse, args, listed_visit::ListedVisit,
};

const PUBLISHED: &str = "SELECT v.visit_id, v.listed, l.free FROM visit_row v
  LEFT JOIN ledger_state l ON l.county = v.county AND l.visit_id = v.visit_id
  WHERE v.county = $1 AND v.published = 1 AND v.day >= $2 ORDER BY v.day, v.visit_id LIMIT 500";
const ONE: &str = "SELECT visit_id, state FROM visit_row
  WHERE county = $1 AND visit_id = $2 AND published = 1";
const PUBLISHED_IDS: &str = "SELECT visit_id FROM visit_row
  WHERE county = $1 AND published = 1 ORDER BY day DESC, visit_id DESC LIMIT 5000";
const DIVISIONS: &str = "SELECT code, name, level FROM division WHERE county = $1 ORDER BY code";
const TOWNSHIPS: &str = "SELECT code, name, level FROM division
  WHERE county = $1 AND level = 'township' ORDER BY code";
const FREE: &str = "SELECT free FROM ledger_state WHERE county = $1 AND visit_id = $2";

/// The parties of one visit, or of each. SQLite keeps the order of a `CROSS JOIN`: a few visits, then
/// their rows by index, not all the county's.
macro_rules! parties {
    ($rest:literal) => {
        concat!(
            "SELECT COUNT(serial), CAST(COALESCE(SUM(arrived), 0) AS BIGINT),
              CAST(COALESCE(SUM(CASE WHEN arrived = 1 THEN people ELSE 0 END), 0) AS BIGINT),
              CAST(COALESCE(SUM(CASE WHEN arrived = 1 AND serial IS NULL THEN 1 ELSE 0 END), 0)
                AS BIGINT),
              CAST(COALESCE(SUM(CASE WHEN arrived = 0 AND status <> 'cancelled' THEN 1 ELSE 0 END), 0)
                AS BIGINT)",
            $rest
        )
    };
}
const PARTIES: &str = parties!(" FROM registration_row WHERE county = $1 AND visit_id = $2");
const PARTIES_EACH: &str = parties!(
    ", v.visit_id FROM visit_row v CROSS JOIN registration_row r
     WHERE v.county = $1 AND v.published = 1 AND v.day >= $2 AND v.day <= $3
     AND r.county = v.county AND r.visit_id = v.visit_id GROUP BY v.visit_id"
);

/// The cases that came of one visit, or of each.
macro_rules! cases {
    ($rest:literal) => {
        concat!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(issues), 0) AS BIGINT),
              CAST(COALESCE(SUM(resolved_on_spot), 0) AS BIGINT),
              CAST(COALESCE(SUM(answered), 0) AS BIGINT)",
            $rest
        )
    };
}
const CASES: &str = cases!(" FROM case_row WHERE county = $1 AND visit_id = $2 AND sealed = 0");
const CASES_EACH: &str = cases!(
    ", v.visit_id FROM visit_row v CROSS JOIN case_row c
     WHERE v.county = $1 AND v.published = 1 AND v.day >= $2 AND v.day <= $3
     AND c.county = v.county AND c.visit_id = v.visit_id AND c.sealed = 0 GROUP BY v.visit_id"
);

/// Past notices shown in the list: about three years of monthly visits.
const PAST_SHOWN_DAYS: i64 = 3 * 366;

impl Reader {
    /// The front page.
    pub async fn home(&mut self, county: County, now: DateTime<Utc>) -> Result<Home, StoreError> {
        let notices = self.notices(county, None, now).await?;
        let matters = self.matters(county, None, now).await?;
        Ok(Home {
            next: notices
                .upcoming
                .into_iter()
                .find(|row| row.phase != VisitPhase::Cancelled),
            last: notices.past.into_iter().next(),
            matters: matters.rows.into_iter().take(3).collect(),
            today: china_date(now),
            as_of: now,
        })
    }

    /// Notices, upcoming and past.
    pub async fn notices(
        &mut self,
        county: County,
        township: Option<&DivisionCode>,
        now: DateTime<Utc>,
    ) -> Result<Notices, StoreError> {
        let today = china_date(now);
        let divisions = self.divisions(TOWNSHIPS, county).await?;
        let day = i64::from(today.num_days_from_ce());
        let since = day - PAST_SHOWN_DAYS;
        let rows = self.fetch(PUBLISHED, args![county, since]).await?;
        let tallies = self.tallies(county, since, day).await?;
        let (mut upcoming, mut past) = (Vec::new(), Vec::new());
        for row in &rows {
            let visit = VisitId(row.id(0)?);
            let listed: ListedVisit = parse(row.text(1)?.as_bytes())?;
            let figures = match listed.times.phase(now) {
                VisitPhase::FollowUp => Some(tallies.figures(visit, &listed)?),
                _ => None,
            };
            let free = places_free(row.maybe_integer(2)?.unwrap_or_default())?;
            let row = listed.row(visit, now, free, figures, &divisions);
            if township.is_none_or(|code| row.is_in(code)) {
                if row.date >= today {
                    upcoming.push(row)
                } else {
                    past.push(row)
                }
            }
        }
        past.reverse();
        Ok(Notices {
            upcoming,
            past,
            townships: townships(&divisions),
            today,
            as_of: now,
        })
    }

    /// One published notice.
    pub async fn notice(
        &mut self,
        county: County,
        id: VisitId,
        now: DateTime<Utc>,
    ) -> Result<Option<NoticePage>, StoreError> {
        let Some(row) = self.fetch_optional(ONE, args![county, id.0]).await? else {
            return Ok(None);
        };
        let visit: Visit = parse(row.text(1)?.as_bytes())?;
        let ledger = self.ledger(county, id).await?.unwrap_or_default();
        self.notice_page(county, id, visit, &ledger, now).await
    }

    /// The page of a visit with these places; none before publication.
    pub(super) async fn notice_page(
        &mut self,
        county: County,
        id: VisitId,
        visit: Visit,
        ledger: &Ledger,
        now: DateTime<Utc>,
    ) -> Result<Option<NoticePage>, StoreError> {
        let phase = visit.phase(now);
        let Some(listed) = ListedVisit::of(&visit) else {
            return Ok(None);
        };
        let Some(live) = visit.live else {
            return Ok(None);
        };
        let divisions = self.division_map(county).await?;
        let places = places(ledger);
        let figures = self.figures_of(county, id, &listed, now).await?;
        let instead = match (phase, places.free) {
            (VisitPhase::RegistrationOpen, 1..) => None,
            _ => self.another_open(county, id, now).await?,
        };
        let township = township_of(&live, &divisions);
        let mut notice = live.notice;
        // Who sees the booking list is the office's affair.
        notice.officers.clear();
        Ok(Some(NoticePage {
            visit: id,
            notice,
            township,
            version: live.version,
            published_at: live.published_at,
            short_lead: live.short_lead,
            changes: visit.changes,
            cancelled: visit.cancelled,
            phase,
            places,
            figures,
            instead,
            today: china_date(now),
            as_of: now,
        }))
    }

    /// The visit a printed code means: of several, the newest.
    pub async fn visit_of_code(
        &mut self,
        county: County,
        code: &VisitCode,
    ) -> Result<Option<VisitId>, StoreError> {
        let rows = self.fetch(PUBLISHED_IDS, args![county]).await?;
        for row in &rows {
            let visit = VisitId(row.id(0)?);
            if VisitCode::of(visit) == *code {
                return Ok(Some(visit));
            }
        }
        Ok(None)
    }

    async fn another_open(
        &mut self,
        county: County,
        than: VisitId,
        now: DateTime<Utc>,
    ) -> Result<Option<NoticeRow>, StoreError> {
        let upcoming = self.notices(county, None, now).await?.upcoming;
        let open = |row: &NoticeRow| row.phase == VisitPhase::RegistrationOpen && row.free > 0;
        Ok(upcoming
            .into_iter()
            .find(|row| row.visit != than && open(row)))
    }

    async fn notice_row(
        &mut self,
        county: County,
        row: &Row,
        divisions: &HashMap<String, Division>,
        now: DateTime<Utc>,
    ) -> Result<NoticeRow, StoreError> {
        let state: Visit = parse(row.text(1)?.as_bytes())?;
        let row = self.row_of(county, VisitId(row.id(0)?), &state, divisions, now);
        row.await?
            .ok_or_else(|| StoreError::corrupt("a published visit without a notice"))
    }

    /// A visit as a list shows it; none before publication.
    pub(super) async fn row_of(
        &mut self,
        county: County,
        visit: VisitId,
        state: &Visit,
        divisions: &HashMap<String, Division>,
        now: DateTime<Utc>,
    ) -> Result<Option<NoticeRow>, StoreError> {
        let Some(listed) = ListedVisit::of(state) else {
            return Ok(None);
        };
        let free = self.fetch_optional(FREE, args![county, visit.0]).await?;
        let free = places_free(free.map_or(Ok(0), |row| row.integer(0))?)?;
        let figures = self.figures_of(county, visit, &listed, now).await?;
        Ok(Some(listed.row(visit, now, free, figures, divisions)))
    }

    /// What the visits of these days came to: two questions, however many there are.
    async fn tallies(
        &mut self,
        county: County,
        since: i64,
        until: i64,
    ) -> Result<Tallies, StoreError> {
        let mut tallies = Tallies::default();
        for row in self
            .fetch(PARTIES_EACH, args![county, since, until])
            .await?
        {
            tallies.parties.insert(row.id(5)?, row);
        }
        for row in self.fetch(CASES_EACH, args![county, since, until]).await? {
            tallies.cases.insert(row.id(4)?, row);
        }
        Ok(tallies)
    }

    /// The day's figures, once it is over.
    async fn figures_of(
        &mut self,
        county: County,
        id: VisitId,
        visit: &ListedVisit,
        now: DateTime<Utc>,
    ) -> Result<Option<VisitFigures>, StoreError> {
        if visit.times.phase(now) != VisitPhase::FollowUp {
            return Ok(None);
        }
        let parties = self.one(PARTIES, county, id).await?;
        let cases = self.one(CASES, county, id).await?;
        figures_of(visit.rooms, visit.departments, &parties, &cases).map(Some)
    }

    async fn one(
        &mut self,
        sql: &'static str,
        county: County,
        id: VisitId,
    ) -> Result<Row, StoreError> {
        let row = self.fetch_optional(sql, args![county, id.0]).await?;
        row.ok_or_else(|| StoreError::corrupt("a count without a row"))
    }

    pub(super) async fn division_map(
        &mut self,
        county: County,
    ) -> Result<HashMap<String, Division>, StoreError> {
        self.divisions(DIVISIONS, county).await
    }

    async fn divisions(
        &mut self,
        sql: &'static str,
        county: County,
    ) -> Result<HashMap<String, Division>, StoreError> {
        let rows = self.fetch(sql, args![county]).await?;
        let known = rows.iter().map(|row| {
            let code = row.text(0)?;
            let level = match row.text(2)? {
                "township" => DivisionLevel::Township,
                "village" => DivisionLevel::Village,
                _ => DivisionLevel::County,
            };
            let parsed =
                DivisionCode::parse(code).map_err(|_| StoreError::corrupt("a division's code"))?;
            Ok((
                code.to_owned(),
                Division {
                    code: parsed,
                    name: row.text(1)?.to_owned(),
                    level,
                },
            ))
        });
        known.collect()
    }

    /// The county's townships and villages.
    pub async fn divisions_of(&mut self, county: County) -> Result<Vec<Division>, StoreError> {
        let mut divisions: Vec<Division> = self.division_map(county).await?.into_values().collect();
        divisions.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(divisions)
    }

    /// A notice as a list shows it.
    pub(super) async fn notice_row_of(
        &mut self,
        county: County,
        id: VisitId,
        now: DateTime<Utc>,
    ) -> Result<Option<(NoticeRow, Vec<domain::text::Line>)>, StoreError> {
        let Some(row) = self.fetch_optional(ONE, args![county, id.0]).await? else {
            return Ok(None);
        };
        let divisions = self.division_map(county).await?;
        let state: Visit = parse(row.text(1)?.as_bytes())?;
        let bring = state.live.map(|live| live.notice.bring).unwrap_or_default();
        Ok(Some((
            self.notice_row(county, &row, &divisions, now).await?,
            bring,
        )))
    }
}

/// Counted rows of each visit that has any.
#[derive(Default)]
struct Tallies {
    parties: HashMap<Uuid, Row>,
    cases: HashMap<Uuid, Row>,
}

impl Tallies {
    fn figures(&self, id: VisitId, visit: &ListedVisit) -> Result<VisitFigures, StoreError> {
        let none = Row(vec![Value::Integer(Some(0)); 5]);
        let parties = self.parties.get(&id.0).unwrap_or(&none);
        let cases = self.cases.get(&id.0).unwrap_or(&none);
        figures_of(visit.rooms, visit.departments, parties, cases)
    }
}

fn places_free(free: i64) -> Result<u32, StoreError> {
    u32::try_from(free).map_err(|_| StoreError::corrupt("free places"))
}

fn places(ledger: &Ledger) -> Places {
    Places {
        bookable: ledger.bookable(),
        free: ledger.free(),
        waiting: count(ledger.waiting()),
        kept: ledger.kept(),
    }
}

fn township_of(live: &LiveNotice, divisions: &HashMap<String, Division>) -> Option<Division> {
    let code = live.notice.venue.division.as_ref()?.township()?;
    divisions.get(code.as_str()).cloned()
}

pub(super) fn townships(divisions: &HashMap<String, Division>) -> Vec<Division> {
    let mut townships: Vec<Division> = divisions
        .values()
        .filter(|division| division.level == DivisionLevel::Township)
        .cloned()
        .collect();
    townships.sort_by(|a, b| a.code.cmp(&b.code));
    townships
}

pub(super) fn number(row: &Row, place: usize) -> Result<u32, StoreError> {
    u32::try_from(row.integer(place)?).map_err(|_| StoreError::corrupt("a count"))
}

pub(super) fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}

/// What a day came to, from its counted parties and cases.
pub(super) fn figures_of(
    rooms: usize,
    departments: usize,
    parties: &Row,
    cases: &Row,
) -> Result<VisitFigures, StoreError> {
    Ok(VisitFigures {
        rooms: count(rooms),
        departments: count(departments),
        registered: number(parties, 0)?,
        batches: number(parties, 1)?,
        person_visits: number(parties, 2)?,
        walk_ins: number(parties, 3)?,
        no_shows: number(parties, 4)?,
        cases: number(cases, 0)?,
        issues: number(cases, 1)?,
        on_spot: number(cases, 2)?,
        not_contradicted: None,
        answered: number(cases, 3)?,
    })
}
