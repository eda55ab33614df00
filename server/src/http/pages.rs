//! The addresses of the screens, read from the app's own routes.

use app::{Problem, TextSize};
use axum::http::HeaderMap;
use axum::{
    Router,
    extract::{MatchedPath, RawPathParams, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use leptos::prelude::provide_context;
use leptos_axum::generate_route_list;

use super::{
    AppState, cookies,
    page_cache::{self, PublicPage},
    reads, render,
};

pub fn routes() -> Router<AppState> {
    let pages = Router::new()
        .route("/", get(to_the_county))
        .route("/app-shell", get(app_shell))
        // What another app shares is the device's business: the shell takes it up (`boot.js`).
        .route("/share", get(app_shell))
        .fallback(no_such_page);
    screens()
        .into_iter()
        .fold(pages, |pages, path| pages.route(&path, get(screen)))
}

/// The path of every screen, as axum writes it (`/{county}/office/sign-in`).
pub fn screens() -> Vec<String> {
    let mut paths: Vec<String> = generate_route_list(app::App)
        .iter()
        .map(|route| match route.path().trim_end_matches('/') {
            "" => "/".to_owned(),
            path => path.to_owned(),
        })
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

async fn to_the_county(State(state): State<AppState>) -> Redirect {
    Redirect::temporary(&format!("/{}", state.data.county))
}

async fn screen(
    State(state): State<AppState>,
    route: MatchedPath,
    params: RawPathParams,
    request: Request,
) -> Response {
    let ours = params
        .iter()
        .all(|(name, value)| name != "county" || value == state.data.county.as_str());
    // Boxed: what most visitors are answered with, a kept page, needs none of that room.
    if !ours {
        return Box::pin(no_such_page(State(state), request)).await;
    }
    let size = text_size(request.headers());
    if let Some(page) = PublicPage::of(route.as_str(), request.uri(), size) {
        return page_cache::answer(&state, page, request.headers()).await;
    }
    Box::pin(personal(state, size, request)).await
}

/// Rendered for the one who asked.
async fn personal(state: AppState, size: TextSize, request: Request) -> Response {
    let repository = reads::repository(&state, request.headers());
    let site = state.data.site_in(size);
    let context = {
        let site = site.clone();
        move || {
            provide_context(repository.clone());
            provide_context(site.clone());
        }
    };
    render::page(request, context, move || {
        app::shell(state.build.clone(), site.clone())
    })
    .await
}

/// The text size is each person's own.
pub fn text_size(headers: &HeaderMap) -> TextSize {
    let size = cookies::get(headers, cookies::TEXT_SIZE).and_then(TextSize::named);
    size.unwrap_or_default()
}

async fn app_shell(State(state): State<AppState>, request: Request) -> Response {
    let site = state.data.site_in(text_size(request.headers()));
    render::page(
        request,
        || (),
        move || app::app_shell(state.build.clone(), site.clone()),
    )
    .await
}

/// A wrong address; one with a slash too many leads on.
async fn no_such_page(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    let trimmed = path.trim_end_matches('/');
    // `//host/` must not become a redirect to another host.
    if trimmed != path && trimmed.starts_with('/') && !trimmed.starts_with("//") {
        let query = request
            .uri()
            .query()
            .map(|q| format!("?{q}"))
            .unwrap_or_default();
        return Redirect::permanent(&format!("{trimmed}{query}")).into_response();
    }
    problem(&state, request, Problem::NotFound).await
}

/// A whole page that says what went wrong, in the language of the address.
pub async fn problem(state: &AppState, request: Request, problem: Problem) -> Response {
    let site = state.data.site_in(text_size(request.headers()));
    let build = state.build.clone();
    render::page(
        request,
        || (),
        move || app::problem_page(build.clone(), site.clone(), problem),
    )
    .await
}
