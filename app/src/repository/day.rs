//! The day in China, by this device's clock, for pages that are left open overnight: what they say of a time and of
//! days that are left is of the day they were drawn on.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::remote::now;
use crate::i18n::in_china;

thread_local! {
    static TODAY: ArcRwSignal<NaiveDate> = ArcRwSignal::new(date());
}

/// Changes when the day does.
pub(super) fn today() -> ArcReadSignal<NaiveDate> {
    TODAY.with(|today| today.read_only())
}

/// Looks at midnight, and when the page is looked at again: a phone that sleeps stops its clocks.
pub fn watch_the_day() {
    let seen = window_event_listener(leptos::ev::visibilitychange, |_| look());
    // It lasts as long as the page.
    std::mem::forget(seen);
    spawn_local(async {
        loop {
            // Now too: the page is older than this.
            look();
            TimeoutFuture::new(until_midnight()).await;
        }
    });
}

fn look() {
    TODAY.with(|today| {
        if *today.read_untracked() != date() {
            today.set(date());
        }
    });
}

fn date() -> NaiveDate {
    in_china(now()).date()
}

/// Milliseconds; a little more, for a clock may ring early.
fn until_midnight() -> u32 {
    let since = in_china(now()).time() - NaiveTime::MIN;
    let left = TimeDelta::days(1) - since + TimeDelta::seconds(1);
    u32::try_from(left.num_milliseconds()).unwrap_or(u32::MAX)
}
