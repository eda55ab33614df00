use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::i18n::{month_short, use_language, weekday_short};

/// A day as a leaf of a calendar: month, day, weekday.
#[component]
pub fn DateBlock(date: NaiveDate) -> impl IntoView {
    let language = use_language();
    view! {
        <time class="date-block" datetime=date.to_string()>
            {month_short(language, date)}
            <b>{date.day()}</b>
            {weekday_short(language, date)}
        </time>
    }
    .into_any()
}
