//! The legal calendar of China: which days are working days.
//!
//! The State Council orders each year's holidays and the weekends worked in exchange (调休) in one
//! notice, usually in November of the year before. [`LegalCalendar::builtin`] carries the notices
//! from 2004 on; `huiyin calendar import` reads the next one with [`LegalCalendar::parse`], without
//! a release. A day no notice has settled yet is *provisional*: it is taken for an ordinary weekday
//! or weekend and the screen says 暂按…计算.
//!
//! What is deliberately absent: the current time, time zones other than China's, and any text for
//! the screen. How periods are counted on this calendar is in [`crate::clock`].

mod china_date;
mod csv;
mod day;
mod legal_calendar;
#[cfg(test)]
mod tests;
mod version;

pub use china_date::{china_date, end_of_day};
pub use csv::CalendarError;
pub use day::{CalendarDay, DayKind};
pub use legal_calendar::LegalCalendar;
pub(crate) use version::checked_name;
pub use version::{CalendarVersion, VersionNameError};
