//! 长辈版, kept in a cookie.

use app::TextSize;
use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    response::Response,
};

use super::{Posted, base, own_address, see, with_cookie};
use crate::http::{AppState, cookies};

pub async fn save(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    body: Bytes,
) -> Response {
    let posted = Posted::read(&body);
    let size = TextSize::named(posted.one("text_size")).unwrap_or_default();
    let back = posted.one("back");
    let address = match own_address(back) {
        Some(back) => back.to_owned(),
        None => base(uri.path(), state.data.county.as_str()),
    };
    with_cookie(
        see(&address),
        cookies::choice(cookies::TEXT_SIZE, size.name()),
    )
}
