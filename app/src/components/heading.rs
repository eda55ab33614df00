use std::sync::atomic::{AtomicBool, Ordering};

use leptos::{html::H1, prelude::*};

/// Whether a page was already shown in this document. The first one was put there by the browser,
/// which begins reading at its top; from the second on the focus is ours to move.
static SHOWN_BEFORE: AtomicBool = AtomicBool::new(false);

/// The page's one `h1`. After a change of page within the document it takes the focus, so that a
/// screen reader says where one is.
#[component]
pub fn Heading(children: Children) -> impl IntoView {
    let heading = use_heading_focus();
    view! {
        <h1 id="main-heading" tabindex="-1" node_ref=heading>
            {children()}
        </h1>
    }
    .into_any()
}

/// For components that hold the page's `h1` themselves.
pub(super) fn use_heading_focus() -> NodeRef<H1> {
    let heading = NodeRef::<H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get()
            && SHOWN_BEFORE.swap(true, Ordering::Relaxed)
        {
            // A node that has already left the page cannot take the focus; nothing is lost then.
            let _ = heading.focus();
        }
    });
    heading
}
