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
    /// `name|title|portfolio`, one per line.
    pub leaders: String,
    /// One per line.
    pub departments: String,
    /// `label|subject,subject`, one per line in the order of their numbers; no subject: all.
    pub rooms: String,
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
            leaders: String::new(),
            departments: String::new(),
            rooms: String::new(),
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
        let leaders = sheet.rows("leaders", self.leaders.lines(), leader);
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

    fn rooms(&self, sheet: &mut Sheet) -> Vec<ReceptionRoom> {
        let rooms = sheet.rows("rooms", self.rooms.lines(), room);
        if rooms.len() > VisitNotice::MAX_ROOMS {
            let max = VisitNotice::MAX_ROOMS;
            sheet.note("rooms", FieldProblem::TooMany { max });
        }
        rooms
            .into_iter()
            .zip(1..=u8::MAX)
            .map(|((label, subjects), number)| ReceptionRoom {
                number,
                label,
                subjects,
            })
            .collect()
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
        "leaders" => "leaders",
        "rooms" => "rooms",
        "hours" => "to",
        "slot_minutes" => "slot_minutes",
        "reserve_percent" => "reserve_percent",
        _ => "closes",
    }
}

/// Both bars are understood, ASCII and full-width.
fn parts(raw: &str) -> Vec<&str> {
    raw.split(['|', '｜']).collect()
}

fn leader(raw: &str) -> Result<Leader, FieldProblem> {
    let [name, title, portfolio] = parts(raw)[..] else {
        return Err(FieldProblem::Parts { parts: 3 });
    };
    Ok(Leader {
        name: PersonName::parse(name)?,
        title: Line::parse(title)?,
        portfolio: Line::parse(portfolio)?,
    })
}

fn room(raw: &str) -> Result<(Line, Vec<crate::filing::Subject>), FieldProblem> {
    let (label, subjects) = match parts(raw)[..] {
        [label] => (label, ""),
        [label, subjects] => (label, subjects),
        _ => return Err(FieldProblem::Parts { parts: 2 }),
    };
    let subjects: Result<Vec<_>, _> = subjects
        .split([',', '，', '、'])
        .map(str::trim)
        .filter(|subject| !subject.is_empty())
        .map(choice(&SUBJECTS))
        .collect();
    Ok((Line::parse(label)?, subjects?))
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
            leaders: one_per_line(&notice.leaders, |leader| {
                format!("{}|{}|{}", leader.name, leader.title, leader.portfolio)
            }),
            departments: one_per_line(&notice.departments, ToString::to_string),
            rooms: one_per_line(&notice.rooms, room_line),
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

fn room_line(room: &ReceptionRoom) -> String {
    let subjects: Vec<&str> = room
        .subjects
        .iter()
        .map(|subject| value_of(&SUBJECTS, subject))
        .collect();
    format!("{}|{}", room.label, subjects.join(","))
}

fn one_per_line<T>(entries: &[T], line: impl Fn(&T) -> String) -> String {
    entries.iter().map(line).collect::<Vec<_>>().join("\n")
}
