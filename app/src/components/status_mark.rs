use leptos::prelude::*;

/// What a mark says. 已答复 and 已落实 are two marks, never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    DueSoon,
    Overdue,
    Answered,
    Done,
}

impl State {
    const fn class(self) -> &'static str {
        match self {
            Self::Waiting => "mark waiting",
            Self::DueSoon => "mark soon",
            Self::Overdue => "mark overdue",
            Self::Answered => "mark answered",
            Self::Done => "mark done",
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Waiting => "○",
            Self::DueSoon => "◆",
            Self::Overdue => "▲",
            Self::Answered => "●",
            Self::Done => "■",
        }
    }
}

/// A state as a shape and a word; the colour only repeats them.
#[component]
pub fn StatusMark(state: State, #[prop(into)] word: String) -> impl IntoView {
    view! {
        <span class=state.class()>
            <span aria-hidden="true">{state.shape()}</span>
            {word}
        </span>
    }
    .into_any()
}
