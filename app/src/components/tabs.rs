use leptos::prelude::*;

/// One view of a list.
#[derive(Clone, Debug)]
pub struct Tab {
    pub word: String,
    pub href: String,
    pub count: Option<u32>,
    pub current: bool,
}

/// Views of one list as links: the address says which, so it can be sent and gone back to.
#[component]
pub fn Tabs(
    /// What the views are of, for those who do not see them.
    #[prop(into)]
    label: String,
    tabs: Vec<Tab>,
) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <a href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.word}
                    {tab.count.map(|count| view! { <span class="number">{count}</span> })}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any()
}
