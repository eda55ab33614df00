use leptos::prelude::*;

/// A QR code with its words beneath; print shows the same code in digits there.
#[component]
pub fn QrCode(
    /// The dark modules as an SVG path, one unit a module.
    #[prop(into)]
    path: String,
    /// Modules along one side.
    size: u32,
    #[prop(into)] label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <figure class="qr">
            <svg viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
                <path d=path></path>
            </svg>
            <figcaption>{children()}</figcaption>
        </figure>
    }
    .into_any()
}
