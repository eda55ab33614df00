//! `huiyin calendar`: the State Council's next notice, without a release.

use std::{collections::BTreeSet, path::PathBuf};

use anyhow::{Context, Result};
use chrono::Datelike;
use clap::{Args, Subcommand};
use domain::calendar::{self, DayKind, LegalCalendar};
use store::records::CalendarVersion;

use crate::{clock, config::PlaceArgs, data::Data};

#[derive(Debug, Args)]
pub struct CalendarArgs {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(subcommand)]
    command: CalendarCommand,
}

#[derive(Debug, Subcommand)]
enum CalendarCommand {
    /// Import a CSV file with the header date,kind,occasion; kind is holiday or workday (a weekend
    /// worked in exchange). Running servers count by it within seconds.
    Import { file: PathBuf },
    /// Which years are known, and by which version.
    Show,
}

pub async fn run(args: CalendarArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let data = config.place().open_existing().await?;
    match args.command {
        CalendarCommand::Import { file } => import(&data, &file).await?,
        CalendarCommand::Show => {}
    }
    show(&data.store.calendar(data.county));
    data.store.close().await;
    Ok(())
}

async fn import(data: &Data, file: &PathBuf) -> Result<()> {
    let csv =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let (store, county) = (&data.store, data.county);
    let last = store
        .calendars(county)
        .await?
        .last()
        .map(|known| known.version);
    let version = last.unwrap_or_default() + 1;
    let name = calendar::CalendarVersion::parse(format!("import-{version}"))?;
    let read = LegalCalendar::parse(&csv, name).with_context(|| file.display().to_string())?;
    warn_of_parts(&read);
    let imported = CalendarVersion {
        version,
        csv,
        imported_at: clock::now().into(),
    };
    store.import_calendar(county, &imported).await?;
    store.refresh_calendars().await?;
    store.recount_dues(county).await?;
    Ok(())
}

/// A year without 1 January or 1 October was probably cut short; its dates stay provisional.
fn warn_of_parts(read: &LegalCalendar) {
    let (first, last) = (chrono::NaiveDate::MIN, chrono::NaiveDate::MAX);
    let days = read.special_days(first, last).iter();
    let holidays = days.filter(|day| matches!(day.kind, DayKind::Holiday { .. }));
    let years: BTreeSet<i32> = holidays.map(|day| day.date.year()).collect();
    for year in years.into_iter().filter(|year| !read.covers(*year)) {
        eprintln!(
            "{year} lacks 1 January or 1 October: its days count, but dates in it stay provisional"
        );
    }
}

fn show(calendar: &LegalCalendar) {
    let years = calendar.covered_years();
    let span = match (years.first(), years.last()) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "no whole year".to_owned(),
    };
    println!("calendar {}: {span}", calendar.version());
}
