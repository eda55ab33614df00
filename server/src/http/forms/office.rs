//! The office's door: signing in and out, and opening a new account.

use axum::{
    Extension,
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use std::collections::HashMap;
use store::records::Token;

use super::{Posted, base, own_address, see, with_cookie};
use crate::{
    accounts::{self, Enrolled, SESSION, SignIn, Typed},
    clock,
    http::{AppState, client::Client, cookies, reads::failed},
};

pub async fn sign_in(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let back = own_address(posted.one("back"));
    let again = |problem: &str| {
        let back: String =
            form_urlencoded::byte_serialize(back.unwrap_or_default().as_bytes()).collect();
        see(&format!(
            "{base}/office/sign-in?problem={problem}&back={back}"
        ))
    };
    let typed = Typed {
        name: posted.one("name"),
        password: posted.one("password"),
        code: posted.one("code"),
        from: client.map(|Extension(client)| client.address),
    };
    let now = clock::now();
    let token = match accounts::sign_in(&state.data, &typed, now).await {
        Ok(SignIn::In(token)) => token,
        Ok(SignIn::Wrong) => return again("wrong"),
        Ok(SignIn::Slow) => return again("slow"),
        Err(error) => {
            failed(error);
            return again("later");
        }
    };
    // The session before, if this browser had one, is not left open.
    end(&state, &headers).await;
    let office = format!("{base}/office");
    with_cookie(
        see(back.unwrap_or(&office)),
        cookies::secret(
            cookies::OFFICE,
            &token.expose(),
            u32::try_from(SESSION.absolute.as_secs()).unwrap_or(u32::MAX),
        ),
    )
}

pub async fn sign_out(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    end(&state, &headers).await;
    let base = base(uri.path(), state.data.county.as_str());
    with_cookie(
        see(&format!("{base}/office/sign-in?out=1")),
        cookies::gone(cookies::OFFICE),
    )
}

async fn end(state: &AppState, headers: &HeaderMap) {
    let token = cookies::get(headers, cookies::OFFICE).and_then(Token::parse);
    if let Some(token) = token
        && let Err(error) = state
            .data
            .store
            .end_session(&token, clock::now().into())
            .await
    {
        failed(error);
    }
}

/// Opens an account with its one-time link.
pub async fn enrol(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let link = path.get("link").map_or("", String::as_str);
    let (password, code) = (posted.one("password"), posted.one("code"));
    let enrolled = accounts::enrol(&state.data, link, password, code, clock::now()).await;
    let problem = match enrolled {
        Ok(Enrolled::Done) => return see(&format!("{base}/office/sign-in?enrolled=1")),
        // The page itself says that the link ended.
        Ok(Enrolled::LinkEnded) => "link",
        Ok(Enrolled::PasswordShort) => "short",
        Ok(Enrolled::CodeWrong) => "code",
        Err(error) => {
            failed(error);
            "later"
        }
    };
    see(&format!("{base}/office/enrol/{link}?problem={problem}"))
}
