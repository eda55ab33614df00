use leptos::prelude::*;

/// The two faces of the seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealKind {
    /// A promise was made: a dashed line.
    Promised,
    /// It was kept: a full line.
    Kept,
}

/// The one ornament. An open square with words, so that nobody takes it for an official stamp
/// (公章), which is round and carries a name and a star.
#[component]
pub fn Seal(
    kind: SealKind,
    #[prop(into)] word: String,
    /// The day, under the word.
    #[prop(optional, into)]
    day: String,
) -> impl IntoView {
    let class = match kind {
        SealKind::Promised => "seal promised",
        SealKind::Kept => "seal",
    };
    view! {
        <p class=class>
            <span>{word} <small>{day}</small></span>
        </p>
    }
    .into_any()
}
