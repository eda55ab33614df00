use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors,
    choice::{MODES, SUBJECTS, choice, value_of},
    one_or_many::one_or_many,
    register::division,
    sheet::{Sheet, date, date_time, number, time},
};
use crate::{
    filing::Subject,
    ids::OfficialId,
    phone::PhoneNumber,
    refusal::Refusal,
    text::{Line, Paragraph, PersonName, ascii_digits},
    visit::{
        GeoPoint, Hours, Leader, ReceptionRoom, RegistrationWindow, Venue, VisitNotice, china_time,
        local_time,
    },
};

/// A visit notice, as typed. Dates are `yyyy-mm-dd`, times `HH:MM` in China.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct NoticeForm {
    /// The title on the poster.
    pub title: String,
    /// One of [`super::MODES`].
    pub mode: String,
    /// The day.
    pub date: String,
    /// Begin.
    pub from: String,
    /// End.
    pub to: String,
    /// The name people know.
    pub venue_name: String,
    /// The address.
    pub venue_address: String,
    /// The code of the township or village it lies in.
    pub venue_division: String,
    /// Degrees north, WGS-84.
    pub latitude: String,
    /// Degrees east, WGS-84.
    pub longitude: String,
    /// Leaders are rows; an empty row does not count.
    #[serde(deserialize_with = "one_or_many")]
    pub leader_name: Vec<String>,
    /// Per leader.
    #[serde(deserialize_with = "one_or_many")]
    pub leader_title: Vec<String>,
    /// Per leader.
    #[serde(deserialize_with = "one_or_many")]
    pub leader_portfolio: Vec<String>,
    /// One per line.
    pub departments: String,
    /// What is on the doors, one per line in the order of their numbers.
    pub rooms: String,
    /// For each of [`SUBJECTS`], in their order: the numbers of its rooms. A room of no subject
    /// takes all.
    #[serde(deserialize_with = "one_or_many")]
    pub subject_rooms: Vec<String>,
    /// What can be decided there.
    pub scope: String,
    /// What cannot, one per line.
    pub exclusions: String,
    /// `yyyy-mm-ddTHH:MM`.
    pub opens: String,
    /// `yyyy-mm-ddTHH:MM`; empty: 17:00 the day before (R02).
    pub closes: String,
    /// One per line.
    pub bring: String,
    /// The office's telephone.
    pub phone: String,
    /// Minutes for one batch.
    pub slot_minutes: String,
    /// Percent kept back.
    pub reserve_percent: String,
    /// Ids of the visit's named officers; once per ticked box.
    #[serde(deserialize_with = "one_or_many")]
    pub officers: Vec<String>,
}

/// A new notice offers the usual day: 08:00–17:00 (R05), 15 minutes (R06), 20 % kept back (R07).
impl Default for NoticeForm {
    fn default() -> Self {
        Self {
            title: String::new(),
            mode: value_of(&MODES, &crate::visit::VisitMode::FixedPlace).to_owned(),
            date: String::new(),
            from: "08:00".to_owned(),
            to: "17:00".to_owned(),
            venue_name: String::new(),
            venue_address: String::new(),
            venue_division: String::new(),
            latitude: String::new(),
            longitude: String::new(),
            leader_name: Vec::new(),
            leader_title: Vec::new(),
            leader_portfolio: Vec::new(),
            departments: String::new(),
            rooms: String::new(),
            subject_rooms: Vec::new(),
            scope: String::new(),
            exclusions: String::new(),
            opens: String::new(),
            closes: String::new(),
            bring: String::new(),
            phone: String::new(),
            slot_minutes: "15".to_owned(),
            reserve_percent: "20".to_owned(),
            officers: Vec::new(),
        }
    }
}

impl NoticeForm {
    /// # Errors
    /// Every field that is to be put right; when each is right, the first that does not fit.
    pub fn parse(&self) -> Result<VisitNotice, FormErrors> {
        let mut sheet = Sheet::default();
        let notice = self.read(&mut sheet);
        let notice = sheet.finish(notice)?;
        match notice.check() {
            Err(Refusal::NoticeInconsistent { field }) => {
                let mut sheet = Sheet::default();
                sheet.note(form_field(&field), FieldProblem::DoesNotFit);
                sheet.finish(None)
            }
            _ => Ok(notice),
        }
    }

    fn read(&self, sheet: &mut Sheet) -> Option<VisitNotice> {
        let title = sheet.needed("title", &self.title, Line::parse);
        let mode = sheet.needed("mode", &self.mode, choice(&MODES));
        let date = sheet.needed("date", &self.date, date);
        let from = sheet.needed("from", &self.from, time);
        let to = sheet.needed("to", &self.to, time);
        let venue = self.venue(sheet);
        let leaders = self.leaders(sheet);
        let departments = sheet.lines("departments", &self.departments);
        let rooms = self.rooms(sheet);
        let scope = sheet.needed("scope", &self.scope, Paragraph::parse);
        let exclusions = sheet.lines("exclusions", &self.exclusions);
        let registration = self.registration(sheet, date);
        let bring = sheet.lines("bring", &self.bring);
        let phone = sheet.needed("phone", &self.phone, PhoneNumber::parse);
        let slot_minutes = sheet.needed("slot_minutes", &self.slot_minutes, |raw| {
            number(raw, 5, 240)
        });
        let reserve_percent = sheet.needed("reserve_percent", &self.reserve_percent, |raw| {
            number(raw, 0, 90)
        });
        let officers = sheet.rows(
            "officers",
            self.officers.iter().map(String::as_str),
            officer,
        );
        Some(VisitNotice {
            title: title?,
            mode: mode?,
            date: date?,
            hours: Hours {
                from: from?,
                to: to?,
            },
            venue: venue?,
            leaders,
            departments,
            rooms,
            scope: scope?,
            exclusions,
            registration: registration?,
            bring,
            phone: phone?,
            slot_minutes: u16::try_from(slot_minutes?).ok()?,
            reserve_percent: u8::try_from(reserve_percent?).ok()?,
            officers,
        })
    }

    fn venue(&self, sheet: &mut Sheet) -> Option<Venue> {
        let name = sheet.needed("venue_name", &self.venue_name, Line::parse);
        let address = sheet.needed("venue_address", &self.venue_address, Line::parse);
        let lies_in = sheet.optional("venue_division", &self.venue_division, division);
        let latitude = sheet.optional("latitude", &self.latitude, |raw| degrees_e6(raw, 90.0));
        let longitude = sheet.optional("longitude", &self.longitude, |raw| degrees_e6(raw, 180.0));
        if self.latitude.trim().is_empty() != self.longitude.trim().is_empty() {
            sheet.note("longitude", FieldProblem::NotAPosition);
        }
        let point = latitude
            .zip(longitude)
            .map(|(latitude_e6, longitude_e6)| GeoPoint {
                latitude_e6,
                longitude_e6,
            });
        Some(Venue {
            name: name?,
            address: address?,
            division: lies_in,
            point,
        })
    }

    fn leaders(&self, sheet: &mut Sheet) -> Vec<Leader> {
        let columns = [
            &self.leader_name,
            &self.leader_title,
            &self.leader_portfolio,
        ];
        let rows = columns.iter().map(|column| column.len()).max().unwrap_or(0);
        let filled = |row: &usize| {
            let mut cells = columns.iter();
            cells.any(|column| !at(column, *row).trim().is_empty())
        };
        let rows: Vec<usize> = (0..rows).filter(filled).collect();
        if rows.is_empty() {
            sheet.note("leader_name", FieldProblem::Required);
        }
        rows.into_iter()
            .filter_map(|row| self.leader(row, sheet))
            .collect()
    }

    fn leader(&self, row: usize, sheet: &mut Sheet) -> Option<Leader> {
        sheet.in_row(row + 1, |cell| {
            let name = cell.needed("leader_name", at(&self.leader_name, row), PersonName::parse);
            let title = cell.needed("leader_title", at(&self.leader_title, row), Line::parse);
            let portfolio = cell.needed(
                "leader_portfolio",
                at(&self.leader_portfolio, row),
                Line::parse,
            );
            Some(Leader {
                name: name?,
                title: title?,
                portfolio: portfolio?,
            })
        })
    }

    fn rooms(&self, sheet: &mut Sheet) -> Vec<ReceptionRoom> {
        let labels = sheet.lines("rooms", &self.rooms);
        if labels.is_empty() && sheet.is_clean("rooms") {
            sheet.note("rooms", FieldProblem::Required);
        }
        if labels.len() > VisitNotice::MAX_ROOMS {
            let max = VisitNotice::MAX_ROOMS;
            sheet.note("rooms", FieldProblem::TooMany { max });
            return Vec::new();
        }
        let mut rooms: Vec<ReceptionRoom> = labels
            .into_iter()
            .zip(1..=u8::MAX)
            .map(|(label, number)| ReceptionRoom {
                number,
                label,
                subjects: Vec::new(),
            })
            .collect();
        let most = u32::try_from(rooms.len()).unwrap_or(u32::MAX);
        for (place, (_, subject)) in SUBJECTS.iter().enumerate() {
            let numbers = at(&self.subject_rooms, place);
            let read = numbers
                .split([',', '，', '、', ' '])
                .map(str::trim)
                .filter(|number| !number.is_empty())
                .map(|raw| number(raw, 1, most));
            match read.collect::<Result<Vec<u32>, FieldProblem>>() {
                Ok(numbers) => {
                    for room in &mut rooms {
                        if numbers.contains(&u32::from(room.number)) {
                            room.subjects.push(*subject);
                        }
                    }
                }
                // Without rooms every number would be wrong.
                Err(_) if rooms.is_empty() => {}
                Err(problem) => sheet.note_row("subject_rooms", place + 1, problem),
            }
        }
        rooms
    }

    fn registration(
        &self,
        sheet: &mut Sheet,
        date: Option<NaiveDate>,
    ) -> Option<RegistrationWindow> {
        let opens = sheet.needed("opens", &self.opens, date_time);
        let closes = if self.closes.trim().is_empty() {
            date.and_then(evening_before)
        } else {
            sheet.needed("closes", &self.closes, date_time)
        };
        Some(RegistrationWindow {
            opens: china_time(opens?),
            closes: china_time(closes?),
        })
    }
}

/// 17:00 the day before (R02).
fn evening_before(date: NaiveDate) -> Option<NaiveDateTime> {
    let evening = NaiveTime::from_hms_opt(17, 0, 0)?;
    Some(date.checked_sub_days(Days::new(1))?.and_time(evening))
}

/// The form's field for a part of the notice that does not fit.
fn form_field(part: &str) -> &'static str {
    match part {
        "date" => "date",
        "leaders" => "leader_name",
        "rooms" => "rooms",
        "hours" => "to",
        "slot_minutes" => "slot_minutes",
        "reserve_percent" => "reserve_percent",
        _ => "closes",
    }
}

fn at(rows: &[String], row: usize) -> &str {
    rows.get(row).map_or("", String::as_str)
}

fn officer(raw: &str) -> Result<OfficialId, FieldProblem> {
    raw.parse().map_err(|_| FieldProblem::NotAChoice)
}

/// Degrees with a decimal point, up to `most` either way, in millionths.
fn degrees_e6(raw: &str, most: f64) -> Result<i32, FieldProblem> {
    let degrees: f64 = ascii_digits(raw)
        .parse()
        .map_err(|_| FieldProblem::NotAPosition)?;
    if degrees.is_finite() && degrees.abs() <= most {
        Ok((degrees * 1e6).round() as i32)
    } else {
        Err(FieldProblem::NotAPosition)
    }
}

impl From<&VisitNotice> for NoticeForm {
    fn from(notice: &VisitNotice) -> Self {
        let point = notice.venue.point.as_ref();
        let degrees = |e6: i32| (f64::from(e6) / 1e6).to_string();
        Self {
            title: notice.title.to_string(),
            mode: value_of(&MODES, &notice.mode).to_owned(),
            date: notice.date.format("%Y-%m-%d").to_string(),
            from: notice.hours.from.format("%H:%M").to_string(),
            to: notice.hours.to.format("%H:%M").to_string(),
            venue_name: notice.venue.name.to_string(),
            venue_address: notice.venue.address.to_string(),
            venue_division: notice
                .venue
                .division
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            latitude: point.map_or_else(String::new, |point| degrees(point.latitude_e6)),
            longitude: point.map_or_else(String::new, |point| degrees(point.longitude_e6)),
            leader_name: each(&notice.leaders, |leader| leader.name.to_string()),
            leader_title: each(&notice.leaders, |leader| leader.title.to_string()),
            leader_portfolio: each(&notice.leaders, |leader| leader.portfolio.to_string()),
            departments: one_per_line(&notice.departments, ToString::to_string),
            rooms: one_per_line(&notice.rooms, |room| room.label.to_string()),
            subject_rooms: each(&SUBJECTS, |(_, subject)| rooms_of(&notice.rooms, *subject)),
            scope: notice.scope.to_string(),
            exclusions: one_per_line(&notice.exclusions, ToString::to_string),
            opens: local_time(notice.registration.opens)
                .format("%Y-%m-%dT%H:%M")
                .to_string(),
            closes: local_time(notice.registration.closes)
                .format("%Y-%m-%dT%H:%M")
                .to_string(),
            bring: one_per_line(&notice.bring, ToString::to_string),
            phone: notice.phone.as_str().to_owned(),
            slot_minutes: notice.slot_minutes.to_string(),
            reserve_percent: notice.reserve_percent.to_string(),
            officers: notice.officers.iter().map(ToString::to_string).collect(),
        }
    }
}

fn rooms_of(rooms: &[ReceptionRoom], subject: Subject) -> String {
    let taking = rooms.iter().filter(|room| room.subjects.contains(&subject));
    let numbers: Vec<String> = taking.map(|room| room.number.to_string()).collect();
    numbers.join(",")
}

fn each<T>(entries: &[T], cell: impl Fn(&T) -> String) -> Vec<String> {
    entries.iter().map(cell).collect()
}

fn one_per_line<T>(entries: &[T], line: impl Fn(&T) -> String) -> String {
    entries.iter().map(line).collect::<Vec<_>>().join("\n")
}
