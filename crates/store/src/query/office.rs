//! What officials ask. Who may see a case is part of every query: a case that is closed to the
//! viewer is missing from rows, pages, counts and exact look-up alike.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use domain::{
    actor::Official,
    calendar::{LegalCalendar, china_date},
    case::{Case, CaseEvent, Procedure},
    clock::RuleSet,
    code::QueryCode,
    given::{Given, SeededDice},
    ids::CaseId,
    office::{Offer, offers},
    phone::PhoneNumber,
    provisional::ProvisionalNumber,
    readers::ReaderKey,
    text::PersonName,
    world::World,
};
use sync::view::{
    Attachment, Entry, RegisterGap, RegisterGapFilter, SOON_DAYS, WORKLIST_PAGE, WorkFilter,
    WorkRow, Worklist, timeline,
};
use uuid::Uuid;

use super::citizen::owners_of;
use crate::{
    Aggregate, County, LookupKind, Reader, Row, StoreError, Value, aggregate_log::kind, args,
    projection::running_clocks,
};

/// Rows on a page.
const PAGE_SIZE: u32 = WORKLIST_PAGE;
/// Keys an official can have; the rest of the places repeat the first.
const KEYS: usize = 6;

/// The cases of a county ($1) that a viewer with six keys ($2 to $7) may read.
macro_rules! visible {
    ($select:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM case_row c WHERE c.county = $1
              AND EXISTS (SELECT 1 FROM case_reader r WHERE r.county = c.county
                AND r.case_id = c.case_id AND r.admits = 1
                AND r.reader IN ($2, $3, $4, $5, $6, $7))
              AND NOT EXISTS (SELECT 1 FROM case_reader r WHERE r.county = c.county
                AND r.case_id = c.case_id AND r.admits = 0
                AND r.reader IN ($2, $3, $4, $5, $6, $7)) ",
            $rest
        )
    };
}

mod tablet;

const PAGE: &str = visible!(
    "c.case_id",
    "AND ($8 = '' OR c.procedure = $8) AND ($9 = '' OR c.subject = $9)
     AND ($10 < 0 OR c.due >= $10) AND ($11 < 0 OR c.due <= $11)
     ORDER BY c.danger DESC, c.due IS NULL, c.due, c.received_on, c.case_id
     LIMIT $12 OFFSET $13"
);
const TOTAL: &str = visible!(
    "COUNT(*)",
    "AND ($8 = '' OR c.procedure = $8) AND ($9 = '' OR c.subject = $9)
     AND ($10 < 0 OR c.due >= $10) AND ($11 < 0 OR c.due <= $11)"
);
const COUNTS: &str = visible!(
    "c.procedure, COUNT(*)",
    "GROUP BY c.procedure ORDER BY c.procedure"
);
const OVERDUE: &str = visible!("COUNT(*)", "AND c.due < $8");
const ONE: &str = visible!("c.case_id", "AND c.case_id = $8");
const BORN_OF: &str = visible!("c.case_id", "AND c.registration_id = $8 ORDER BY c.case_id");
const OF_A_TIME: &str = visible!(
    "c.case_id",
    "AND (c.case_id BETWEEN $8 AND $9 OR c.registration_id BETWEEN $8 AND $9) ORDER BY c.case_id"
);
const NOT_REGISTERED: &str = visible!(
    "c.case_id",
    "AND c.in_register = 0 AND c.received_on >= $8 AND c.received_on <= $9
     ORDER BY c.received_on, c.case_id LIMIT $10 OFFSET $11"
);
const NOT_REGISTERED_COUNT: &str = visible!(
    "COUNT(*)",
    "AND c.in_register = 0 AND c.received_on >= $8 AND c.received_on <= $9"
);

/// A case as an official works on it.
#[derive(Debug, Clone)]
pub struct OfficeCase {
    /// Everything about it, without its codes.
    pub case: Case,
    /// Events so far, for conflicts.
    pub version: u64,
    /// What happened, newest first.
    pub timeline: Vec<Entry>,
    /// What this official can do with it.
    pub offers: Vec<Offer>,
    /// Photos and recordings of the statement.
    pub attachments: Vec<Attachment>,
}

impl Reader {
    /// A page of the cases this official may see; exact look-up when something is looked for.
    pub async fn worklist(
        &mut self,
        county: County,
        official: &Official,
        filter: &WorkFilter,
        now: DateTime<Utc>,
    ) -> Result<Worklist, StoreError> {
        let today = china_date(now);
        let scope = self.scope(county, official)?;
        let (ids, total) = if filter.find.trim().is_empty() {
            self.filtered(&scope, filter, today).await?
        } else {
            let ids = self.looked_up(county, &scope, &filter.find).await?;
            let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            (ids, total)
        };
        let rows = self.rows(county, ids, today).await?;
        let counts = self.fetch(COUNTS, scope.clone()).await?;
        let counts = counts
            .iter()
            .map(|row| Ok((procedure(row.text(0)?)?, count(row, 1)?)))
            .collect::<Result<_, StoreError>>()?;
        let overdue = self
            .count(OVERDUE, with(&scope, [day_number(today).into()]))
            .await?;
        Ok(Worklist {
            rows,
            counts,
            overdue,
            total,
            filter: filter.clone(),
            page_size: PAGE_SIZE,
            as_of: now,
        })
    }

    /// Cases without a number in the national register, oldest first.
    pub async fn not_registered(
        &mut self,
        county: County,
        official: &Official,
        filter: &RegisterGapFilter,
        now: DateTime<Utc>,
    ) -> Result<RegisterGap, StoreError> {
        let scope = self.scope(county, official)?;
        let today = china_date(now);
        let since_today: [Value; 2] = [day_number(today).into(), i64::MAX.into()];
        let before: [Value; 2] = [i64::MIN.into(), (day_number(today) - 1).into()];
        let days = if filter.is_earlier() {
            before.clone()
        } else {
            since_today.clone()
        };
        let page = i64::from(filter.page.max(1)) - 1;
        let size = i64::from(PAGE_SIZE);
        let mut args = with(&scope, days);
        args.extend([size.into(), (page * size).into()]);
        let rows = self.fetch(NOT_REGISTERED, args).await?;
        let ids = ids(&rows)?;
        Ok(RegisterGap {
            rows: self.rows(county, ids, today).await?,
            today: self
                .count(NOT_REGISTERED_COUNT, with(&scope, since_today))
                .await?,
            earlier: self
                .count(NOT_REGISTERED_COUNT, with(&scope, before))
                .await?,
            filter: filter.clone(),
            page_size: PAGE_SIZE,
            as_of: now,
        })
    }

    /// One case; none when this official may not know of it.
    pub async fn office_case(
        &mut self,
        county: County,
        official: &Official,
        id: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Option<OfficeCase>, StoreError> {
        let scope = self.scope(county, official)?;
        let row = self
            .fetch_optional(ONE, with(&scope, [id.0.into()]))
            .await?;
        if row.is_none() {
            return Ok(None);
        }
        let aggregate = Aggregate::new(county, kind::CASE, id.0);
        let events: Vec<CaseEvent> = self.domain_events(&aggregate).await?;
        let found = Case::fold(&events).filter(|case| case.readers.admits(&official.reader_keys()));
        let Some(case) = found else {
            return Ok(None);
        };
        let calendar = self.calendar(county);
        let owners = owners_of(id, &case);
        Ok(Some(OfficeCase {
            attachments: self.attachments(county, &owners, &case.filing).await?,
            offers: offered(official, id, case.clone(), now, &calendar),
            case: case.without_secrets(),
            version: events.len() as u64,
            timeline: timeline(&events),
        }))
    }

    /// A reader's key as `case_reader` holds it.
    pub(crate) fn reader_digest(&self, key: &ReaderKey) -> Result<[u8; 32], StoreError> {
        let json =
            serde_json::to_vec(key).map_err(|error| StoreError::corrupt(error.to_string()))?;
        Ok(self.keyring.digest("reader", &json))
    }

    /// The first seven arguments of every scoped query.
    pub(super) fn scope(
        &self,
        county: County,
        official: &Official,
    ) -> Result<Vec<Value>, StoreError> {
        let mut keys = official.reader_keys();
        if keys.len() > KEYS {
            return Err(StoreError::corrupt(
                "an official with more keys than places",
            ));
        }
        let first = ReaderKey::Official(official.id);
        keys.resize(KEYS, first);
        let mut scope = args![county];
        for key in &keys {
            scope.push(self.reader_digest(key)?.into());
        }
        Ok(scope)
    }

    async fn filtered(
        &mut self,
        scope: &[Value],
        filter: &WorkFilter,
        today: NaiveDate,
    ) -> Result<(Vec<CaseId>, u32), StoreError> {
        let (from, until) = match filter.due.as_str() {
            "overdue" => (-1, day_number(today) - 1),
            "soon" => (
                day_number(today),
                day_number(today + Duration::days(SOON_DAYS)),
            ),
            _ => (-1, -1),
        };
        let filters: [Value; 4] = [
            filter.state.clone().into(),
            filter.subject.clone().into(),
            from.into(),
            until.into(),
        ];
        let total = self.count(TOTAL, with(scope, filters.clone())).await?;
        let page = i64::from(filter.page.max(1)) - 1;
        let size = i64::from(PAGE_SIZE);
        let args = with(&with(scope, filters), [size.into(), (page * size).into()]);
        let rows = self.fetch(PAGE, args).await?;
        Ok((ids(&rows)?, total))
    }

    /// A case number, query code, name, telephone or provisional number, whole.
    async fn looked_up(
        &mut self,
        county: County,
        scope: &[Value],
        find: &str,
    ) -> Result<Vec<CaseId>, StoreError> {
        let number = find.trim().to_ascii_uppercase();
        let mut wanted = vec![(LookupKind::Number, number)];
        if let Ok(code) = QueryCode::parse(find) {
            wanted.push((LookupKind::QueryCode, code.as_str().to_owned()));
        }
        if let Ok(phone) = PhoneNumber::parse(find) {
            wanted.push((LookupKind::Phone, phone.as_str().to_owned()));
        }
        if let Ok(name) = PersonName::parse(find) {
            wanted.push((LookupKind::Name, name.as_str().to_owned()));
        }
        let mut found = Vec::new();
        for (by, value) in wanted {
            for (aggregate_kind, id) in self.find(county, by, &value).await? {
                let sql = match aggregate_kind.as_str() {
                    kind::REGISTRATION => BORN_OF,
                    _ => ONE,
                };
                let rows = self.fetch(sql, with(scope, [id.into()])).await?;
                found.extend(ids(&rows)?);
            }
        }
        if let Some(number) = ProvisionalNumber::parse(find) {
            let (first, last) = number.ids();
            let between = with(scope, [first.into(), last.into()]);
            found.extend(ids(&self.fetch(OF_A_TIME, between).await?)?);
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(PAGE_SIZE as usize);
        Ok(found)
    }

    async fn rows(
        &mut self,
        county: County,
        ids: Vec<CaseId>,
        today: NaiveDate,
    ) -> Result<Vec<WorkRow>, StoreError> {
        let calendar = self.calendar(county);
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(case) = self.case(county, id).await?.state {
                rows.push(work_row(id, &case, today, &calendar));
            }
        }
        Ok(rows)
    }

    pub(super) async fn count(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<u32, StoreError> {
        let row = self.fetch_optional(sql, args).await?;
        row.map_or(Ok(0), |row| count(&row, 0))
    }
}

/// Asked of the whole case: whether a code can be replaced depends on there being one.
fn offered(
    official: &Official,
    id: CaseId,
    case: Case,
    now: DateTime<Utc>,
    calendar: &LegalCalendar,
) -> Vec<Offer> {
    let world = World {
        case: Some(case),
        ..World::default()
    };
    // Nothing of what is tried stays, so that any dice will do.
    let given = &mut Given {
        now,
        captured_at: now,
        calendar,
        rules: &RuleSet::default(),
        dice: &mut SeededDice::new(0),
    };
    offers(official, id, &world, given)
}

fn work_row(id: CaseId, case: &Case, today: NaiveDate, calendar: &LegalCalendar) -> WorkRow {
    let running = running_clocks(case, today, calendar);
    let due = running.into_iter().map(|clock| clock.counted.due).min();
    let unit = case.assignment.as_ref();
    WorkRow {
        case: id,
        number: case.number.clone(),
        name: case.filing.party.petitioner.name.masked(),
        subject: case.filing.subject,
        procedure: case.procedure,
        unread: case.category.is_none(),
        danger: case.filing.danger,
        unit: unit.map(|assignment| assignment.unit_name.to_string()),
        received_on: case.received_on,
        due,
        days_left: due.map(|due| (due - today).num_days()),
    }
}

pub(super) fn with<const N: usize>(scope: &[Value], more: [Value; N]) -> Vec<Value> {
    scope.iter().cloned().chain(more).collect()
}

fn ids(rows: &[Row]) -> Result<Vec<CaseId>, StoreError> {
    let ids: Result<Vec<Uuid>, StoreError> = rows.iter().map(|row| row.id(0)).collect();
    Ok(ids?.into_iter().map(CaseId).collect())
}

pub(super) fn count(row: &Row, place: usize) -> Result<u32, StoreError> {
    u32::try_from(row.integer(place)?).map_err(|_| StoreError::corrupt("a count"))
}

fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

fn procedure(name: &str) -> Result<Procedure, StoreError> {
    serde_json::from_value(name.into()).map_err(|_| StoreError::corrupt("a state"))
}
