//! An address that leads nowhere: says so and helps the person on.

use leptos::prelude::*;
use leptos_meta::{Html, Title};
use leptos_router::hooks::use_location;

use crate::PageStatus;

/// The router's fallback: the home is that of the county the wrong address is in.
#[component]
pub fn NotFound() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let county = path.split('/').nth(1).unwrap_or_default();
    view! { <NoSuchPage home=format!("/{county}")/> }
}

#[component]
pub fn NoSuchPage(home: String) -> impl IntoView {
    PageStatus::set(404);
    view! {
        <Html attr:lang="zh-CN"/>
        <Title text="没有这个页面 · 回音"/>
        <main>
            <h1>"没有这个页面"</h1>
            <p>"网址可能写错了，或者页面已经搬走。您的登记和信访事项不受影响。"</p>
            <p lang="en">"There is no page at this address. Nothing you sent is affected."</p>
            <p>
                <a href=home>"回到首页 Home"</a>
            </p>
        </main>
    }
}
