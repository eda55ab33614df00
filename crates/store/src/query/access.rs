//! Whom a petitioner let in.

use chrono::{DateTime, Utc};
use domain::{
    access::{AccessGrant, Delegate, MOST_DELEGATES},
    actor::Opened,
    calendar::china_date,
    case::{Case, CaseEvent},
    registration::Registration,
};
use sync::view::{Access, AccessEvent, LetIn, access_history};

use crate::{Aggregate, County, Reader, StoreError, aggregate_log::kind, records::READING_LASTS};

impl Reader {
    /// For the petitioner's eyes. A new code is shown until the reading session it was made in
    /// ends, and never again.
    pub(super) async fn access(
        &mut self,
        county: County,
        opens: Opened,
        open_until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Option<Access>, StoreError> {
        let (delegates, history) = match opens {
            Opened::Registration(id) => {
                let events = self.registration_events(county, id).await?;
                let Some(registration) = Registration::fold(&events) else {
                    return Ok(None);
                };
                let access = events.iter().filter_map(AccessEvent::of_registration);
                (registration.delegates, access_history(access))
            }
            Opened::Case(id) => {
                let aggregate = Aggregate::new(county, kind::CASE, id.0);
                let events: Vec<CaseEvent> = self.domain_events(&aggregate).await?;
                let Some(case) = Case::fold(&events) else {
                    return Ok(None);
                };
                let access = events.iter().filter_map(AccessEvent::of_case);
                (case.delegates, access_history(access))
            }
        };
        let opened_at = open_until - READING_LASTS;
        let live = delegates.into_iter();
        let live = live.filter(|known| known.grant.is_live(now));
        let people: Vec<LetIn> = live
            .map(|Delegate { name, grant }| LetIn {
                grant: grant.id,
                holder: grant.holder,
                name,
                until: grant.last_day(),
                code: (grant.issued_at >= opened_at).then_some(grant.code),
            })
            .collect();
        Ok(Some(Access {
            opens,
            can_grant: people.len() < MOST_DELEGATES,
            people,
            latest: AccessGrant::latest(china_date(now)),
            history,
        }))
    }
}
