use leptos::prelude::*;

/// Stands in for content on the very first visit only; later the last known content is shown.
#[component]
pub fn Skeleton(
    /// What is being fetched, for those who do not see the bars.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="card" role="status">
            <span class="unseen">{label}</span>
            <div class="skeleton"></div>
            <div class="skeleton"></div>
            <div class="skeleton"></div>
        </div>
    }
    .into_any()
}
