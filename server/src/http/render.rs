//! From a view to a whole page.

use app::PageStatus;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header, response::Parts},
    response::{IntoResponse, Response},
};
use leptos::{context::provide_context, nonce::Nonce, prelude::IntoView};

use super::policy;

/// Far above any page: a render that grows past it is a mistake, not a page.
const PAGE_LIMIT_BYTES: usize = 8 * 1024 * 1024;

/// A page that is whole and sealed with the policy of its own scripts.
pub struct Rendered {
    pub parts: Parts,
    pub policy: HeaderValue,
    pub html: String,
}

impl IntoResponse for Rendered {
    fn into_response(mut self) -> Response {
        let headers = &mut self.parts.headers;
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy);
        headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(self.parts, Body::from(self.html))
    }
}

/// Renders a page for the one who asked.
///
/// `context` gives the screens what they need from the server.
pub async fn page<IV>(
    request: Request,
    context: impl Fn() + Clone + Send + Sync + 'static,
    view: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> Response
where
    IV: IntoView + 'static,
{
    match whole(request, context, view).await {
        Some(rendered) => rendered.into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Renders the whole page, then seals it. `None` when it could not be rendered: the log says why.
pub async fn whole<IV>(
    request: Request,
    context: impl Fn() + Clone + Send + Sync + 'static,
    view: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> Option<Rendered>
where
    IV: IntoView + 'static,
{
    let secret = Nonce::new();
    let status = PageStatus::default();
    let provide = {
        let (secret, status) = (secret.clone(), status.clone());
        move || {
            // After leptos_axum's own nonce, in whose place it is found.
            provide_context(secret.clone());
            provide_context(status.clone());
            context();
        }
    };
    let response = leptos_axum::render_app_async_with_context(provide, view)(request).await;
    let (mut parts, body) = response.into_parts();
    let html = text_of(body).await?;
    let sealed = policy::seal(&html, &secret.to_string());
    // A redirect or status the screen set through leptos_axum stays.
    if parts.status == StatusCode::OK {
        parts.status = StatusCode::from_u16(status.get()).unwrap_or(StatusCode::OK);
    }
    let policy = HeaderValue::try_from(sealed.policy).ok()?;
    Some(Rendered {
        parts,
        policy,
        html: sealed.html,
    })
}

async fn text_of(body: Body) -> Option<String> {
    match to_bytes(body, PAGE_LIMIT_BYTES).await {
        Ok(bytes) => String::from_utf8(bytes.into()).ok(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            None
        }
    }
}
