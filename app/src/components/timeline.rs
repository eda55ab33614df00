use leptos::prelude::*;

/// Where a moment stands in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    #[default]
    Past,
    Now,
    /// Planned or due, not yet there.
    Ahead,
}

impl Moment {
    const fn class(self) -> &'static str {
        match self {
            Self::Past => "stack-close",
            Self::Now => "stack-close now",
            Self::Ahead => "stack-close ahead",
        }
    }
}

/// What has happened, newest first, as a list of [`TimelineItem`]s.
#[component]
pub fn Timeline(children: Children) -> impl IntoView {
    view! { <ol class="timeline" role="list">{children()}</ol> }.into_any()
}

/// One moment. Corrections stay in their place with date, office and reason.
#[component]
pub fn TimelineItem(
    /// The day as the screen says it.
    #[prop(into)]
    when: String,
    /// The same day for machines, as `2026-11-17`.
    #[prop(into)]
    datetime: String,
    #[prop(into)] title: String,
    #[prop(optional)] moment: Moment,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class=moment.class() aria-current=(moment == Moment::Now).then_some("step")>
            <time datetime=datetime>{when}</time>
            <h3>{title}</h3>
            {children.map(|children| children())}
        </li>
    }
    .into_any()
}
