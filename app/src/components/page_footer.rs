use leptos::prelude::*;

use super::Site;
use crate::i18n::{common::FrameTexts, use_language};

/// Who runs the site, how to reach them, and the filing numbers.
#[component]
pub(super) fn PageFooter(site: Site) -> impl IntoView {
    let language = use_language();
    let texts = FrameTexts::of(language);
    let telephone = site.telephone.replace([' ', '-'], "");
    view! {
        <footer class="footer">
            <p>
                <a href=language.address(&site.county, "/help")>{texts.help}</a>
                <a href=language.address(&site.county, "/settings")>{texts.settings}</a>
                <a href=language.address(&site.county, "/feedback")>{texts.feedback}</a>
            </p>
            <p>
                {texts.sponsor}
                {site.sponsor}
                <a href=format!("tel:{telephone}")>{site.telephone}</a>
            </p>
            <p>
                {site
                    .filings
                    .into_iter()
                    .map(|filing| view! { <a href=filing.register rel="external">{filing.number}</a> })
                    .collect_view()}
            </p>
        </footer>
    }
    .into_any()
}
