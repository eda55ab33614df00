use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    division::DivisionCode,
    ids::VisitId,
    text::Line,
    visit::{Hours, Visit, VisitTimes},
};
use serde::{Deserialize, Serialize};
use sync::view::{Division, ListedLeader, NoticeRow, VisitFigures};

/// What a list shows of a published visit, kept beside its state: a list of fifty reads a tenth.
#[derive(Serialize, Deserialize)]
pub(crate) struct ListedVisit {
    title: Line,
    date: NaiveDate,
    hours: Hours,
    venue: Line,
    township: Option<DivisionCode>,
    leaders: Vec<ListedLeader>,
    pub(crate) rooms: usize,
    pub(crate) departments: usize,
    pub(crate) times: VisitTimes,
}

impl ListedVisit {
    /// None before publication.
    pub(crate) fn of(visit: &Visit) -> Option<Self> {
        let notice = &visit.live.as_ref()?.notice;
        let leaders = notice.leaders.iter().cloned();
        Some(Self {
            title: notice.title.clone(),
            date: notice.date,
            hours: notice.hours,
            venue: notice.venue.name.clone(),
            township: notice
                .venue
                .division
                .as_ref()
                .and_then(DivisionCode::township),
            leaders: leaders.map(ListedLeader::from).collect(),
            rooms: notice.rooms.len(),
            departments: notice.departments.len(),
            times: visit.times()?,
        })
    }

    /// The row, with what is counted elsewhere.
    pub(crate) fn row(
        self,
        visit: VisitId,
        now: DateTime<Utc>,
        free: u32,
        figures: Option<VisitFigures>,
        divisions: &HashMap<String, Division>,
    ) -> NoticeRow {
        let township = self.township.as_ref();
        NoticeRow {
            visit,
            title: self.title,
            date: self.date,
            hours: self.hours,
            venue: self.venue,
            township: township.and_then(|code| divisions.get(code.as_str()).cloned()),
            leaders: self.leaders,
            phase: self.times.phase(now),
            registration: self.times.registration,
            free,
            figures,
        }
    }
}
