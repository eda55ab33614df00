//! Whether the server can be reached, as far as this page knows: the browser's own word, and what became
//! of the last request. A phone that is "connected" to a portal is not.

#[cfg(feature = "hydrate")]
use std::cell::Cell;

use leptos::prelude::*;

/// The connection of this page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// Nothing was asked yet.
    #[default]
    Unknown,
    Up,
    Down,
}

#[cfg(feature = "hydrate")]
thread_local! {
    static LINE: ArcRwSignal<Line> = ArcRwSignal::new(Line::Unknown);
    /// A screen's question was answered since the outbox looked.
    static ANSWERED: Cell<bool> = const { Cell::new(false) };
}

/// Our server has answered a screen's question.
#[cfg(feature = "hydrate")]
pub(super) fn answered() {
    ANSWERED.set(true);
    heard(Line::Up);
}

/// Whether it has since this was asked last.
#[cfg(feature = "hydrate")]
pub(super) fn has_answered() -> bool {
    ANSWERED.take()
}

/// Something of our server arrived, or did not.
#[cfg(feature = "hydrate")]
pub(super) fn heard(line: Line) {
    LINE.with(|known| {
        let before = *known.read_untracked();
        if before != line {
            known.set(line);
        }
        // Not with the first page of a visit: that looks by itself.
        if (before, line) == (Line::Down, Line::Up) {
            super::own::feed::ask_again();
        }
    });
}

/// Whether the person asked the browser to save data: then nothing is fetched ahead.
#[cfg(feature = "hydrate")]
pub fn saves_data() -> bool {
    let line = js_sys::Reflect::get(&window().navigator(), &"connection".into());
    line.is_ok_and(|line| {
        let saves = js_sys::Reflect::get(&line, &"saveData".into());
        saves.is_ok_and(|saves| saves.is_truthy())
    })
}

/// Whether something of our server got through last.
#[cfg(feature = "hydrate")]
pub(super) fn is_up() -> bool {
    LINE.with(|known| *known.read_untracked() == Line::Up)
}

/// Whether the last thing that was tried did not get through.
#[cfg(feature = "hydrate")]
pub(super) fn is_down() -> bool {
    LINE.with(|known| *known.read_untracked() == Line::Down)
}

/// The connection as it changes; unknown at first, as on the server's page.
///
/// Counted, not owned by the screen: a page that is being left is still shown for a moment, and the
/// connection does not wait for it.
pub fn use_line() -> ArcRwSignal<Line> {
    let here = ArcRwSignal::new(Line::Unknown);
    #[cfg(feature = "hydrate")]
    {
        let known = LINE.with(Clone::clone);
        let shown = here.clone();
        Effect::new(move || shown.set(known.get()));
    }
    here
}
