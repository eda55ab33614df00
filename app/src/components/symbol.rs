use leptos::prelude::*;

/// The small drawings of the subjects and the four places, 24 units square, drawn with one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Board,
    Pen,
    Person,
    House,
    Field,
    Wage,
    Road,
    Water,
    Tree,
    Health,
    School,
    Support,
    Ledger,
    Scales,
    Other,
}

impl Symbol {
    const fn path(self) -> &'static str {
        match self {
            Self::Board => "M4 4h16v12H4zM8 8h8M8 12h5M9 16l-2 5M15 16l2 5",
            Self::Pen => "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-5 4-6 8-6s8 1 8 6",
            Self::House => "M3 12l9-8 9 8M6 10v10h12V10M10 20v-6h4v6",
            Self::Field => "M3 6h18v12H3zM3 12h18M9 6v12M15 6v12",
            Self::Wage => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 7l4 5 4-5M12 12v6M9 13h6M9 16h6",
            Self::Road => "M7 21L10 3M17 21L14 3M12 4v3M12 10v4M12 17v4",
            Self::Water => "M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11zM9 14a3 3 0 0 0 3 3",
            Self::Tree => "M12 3l6 8h-3l4 6H5l4-6H6zM12 17v4",
            Self::Health => "M4 4h16v16H4zM12 8v8M8 12h8",
            Self::School => "M2 9l10-5 10 5-10 5zM6 11v6c3 3 9 3 12 0v-6",
            Self::Support => {
                "M12 20C5 15 3 12 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3-2 6-9 11z"
            }
            Self::Ledger => "M5 3h14v18H5zM9 3v18M12 8h4M12 12h4M12 16h4",
            Self::Scales => "M12 3v18M8 21h8M4 6h16M4 6l-2 7h5zM20 6l-3 7h5z",
            Self::Other => "M5 12h.01M12 12h.01M19 12h.01M3 5h18v14H3z",
        }
    }
}

/// A symbol beside its word; never alone, so hidden from those who listen.
#[component]
pub fn SymbolView(symbol: Symbol) -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d=symbol.path()></path>
        </svg>
    }
    .into_any()
}
