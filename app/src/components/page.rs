use leptos::prelude::*;
use leptos_meta::{Html, Title};

use super::{
    bottom_bar::{BottomBar, Place},
    page_footer::PageFooter,
    page_header::PageHeader,
    site::use_site,
};

/// A citizen's page: header, the four places, the content, footer.
#[component]
pub fn Page(
    /// Says where one is: first in the window's title.
    #[prop(into)]
    title: String,
    /// Which of the four places is current.
    #[prop(optional)]
    place: Place,
    /// How old what is shown is, as "截至 14:05"; empty where everything is fixed.
    #[prop(optional, into)]
    as_of: String,
    children: Children,
) -> impl IntoView {
    let site = use_site();
    let window_title = format!("{title} · {}", site.county_name);
    view! {
        <Title text=window_title/>
        <Html attr:data-elder=site.text_size.attribute()/>
        <PageHeader site=site.clone() as_of/>
        <BottomBar county=site.county.clone() place/>
        <main id="main">{children()}</main>
        <PageFooter site/>
    }
    .into_any()
}
