//! Whether the server can be reached, as far as this page knows: the browser's own word, and what became
//! of the last request. A phone that is "connected" to a portal is not.

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
}

/// Something of our server arrived, or did not.
#[cfg(feature = "hydrate")]
pub(super) fn heard(line: Line) {
    LINE.with(|known| {
        if *known.read_untracked() != line {
            known.set(line);
        }
    });
}

/// The connection as it changes; unknown at first, as on the server's page.
pub fn use_line() -> Signal<Line> {
    let here = RwSignal::new(Line::Unknown);
    #[cfg(feature = "hydrate")]
    {
        let known = LINE.with(Clone::clone);
        Effect::new(move || {
            if !window().navigator().on_line() {
                known.set(Line::Down);
            } else if *known.read_untracked() == Line::Unknown {
                known.set(Line::Up);
            }
            let (lost, found) = (known.clone(), known.clone());
            let lost = window_event_listener(leptos::ev::offline, move |_| lost.set(Line::Down));
            let found = window_event_listener(leptos::ev::online, move |_| found.set(Line::Up));
            on_cleanup(move || {
                lost.remove();
                found.remove();
            });
        });
        let known = LINE.with(Clone::clone);
        Effect::new(move || here.set(known.get()));
    }
    here.into()
}
